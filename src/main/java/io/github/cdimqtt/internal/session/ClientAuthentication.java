package io.github.cdimqtt.internal.session;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.MqttText;
import io.github.cdimqtt.internal.text.Printable;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application's {@link MqttAuthentication}, if there is one, and checks what it returns. The methods that call it may
 * block: they are steps for {@link BeanCalls}.
 *
 * @param bean null if user name and password prove who the client is
 * @param timeout limits each step
 * @param calls runs the steps, and the calls of the credentials
 * @param completer completes the stages of a new authentication
 */
record ClientAuthentication(
        @Nullable MqttAuthentication bean, Duration timeout, BeanCalls calls, StageCompleter completer) {
    /** MQTT 5.0, section 3.15.2.1. */
    static final int CONTINUE = 0x18;

    private static final int AGAIN = 0x19;

    boolean isUsed() {
        return bean != null;
    }

    /** Begins a conversation: its first step is a part of CONNECT. */
    Packet.Auth begin() {
        MqttAuthentication used = requireNonNull(bean);
        return packet(CONTINUE, method(used), used.begin());
    }

    /** Begins a conversation on an open connection. */
    Packet.Auth beginAgain(String method) {
        return packet(AGAIN, method, requireNonNull(bean).begin());
    }

    /** Answers a challenge. */
    Packet.Auth answer(Packet.Auth challenge) {
        return packet(CONTINUE, challenge.method(), requireNonNull(bean).answer(bytes(challenge.data())));
    }

    /** Passes the broker's last data. */
    void accepted(@Nullable ByteBuffer data) {
        requireNonNull(bean).accepted(bytes(data));
    }

    /** Returns the failure of a new authentication by a client that has none. */
    static MqttException missing() {
        return new MqttException("reauthenticate: the connection has no MqttAuthentication bean");
    }

    /** Returns the failure of a step. */
    static MqttException failed(Throwable cause) {
        String reason = String.valueOf(cause instanceof MqttException ? cause.getMessage() : cause);
        return new MqttException("the MqttAuthentication bean failed: " + Printable.of(reason), cause);
    }

    private static String method(MqttAuthentication bean) {
        String method = bean.method();
        String fault = method == null ? "is null" : MqttText.stringFault(method);
        if (fault != null) {
            throw new MqttException("its method " + fault);
        }
        return method;
    }

    private static Packet.Auth packet(int code, @Nullable String method, byte @Nullable [] data) {
        if (data != null && data.length > MqttText.MAX_BYTES) {
            throw new MqttException("its data is " + data.length + " bytes long; at most " + MqttText.MAX_BYTES);
        }
        return new Packet.Auth(new MqttReason(code), method, data == null ? null : ByteBuffer.wrap(data.clone()));
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }
}
