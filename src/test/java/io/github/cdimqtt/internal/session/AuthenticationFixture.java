package io.github.cdimqtt.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A session of MQTT 5 whose application has an {@link MqttAuthentication} bean, and a broker that the test plays. */
final class AuthenticationFixture {
    /** What the bean heard. */
    final List<String> heard = new ArrayList<>();

    /** What the bean answers to a challenge. */
    UnaryOperator<String> answer = challenge -> challenge.toUpperCase(Locale.ROOT);

    /** What the bean does with the proof of the broker. */
    Consumer<String> verdict = data -> {};

    final SessionFixture session;
    private final Queue<Runnable> calls = new ArrayDeque<>();

    AuthenticationFixture() {
        this(true);
    }

    private AuthenticationFixture(boolean hasBean) {
        session = new SessionFixture(
                MqttConfig.builder()
                        .protocolVersion("5")
                        .connectionTimeout(Duration.ofSeconds(5))
                        .reconnect(delay -> delay.minDelay(Duration.ofSeconds(1))),
                hasBean ? new Bean() : null,
                calls::add);
    }

    static AuthenticationFixture withoutBean() {
        return new AuthenticationFixture(false);
    }

    static Packet.Auth auth(int code, String data) {
        return new Packet.Auth(new MqttReason(code), "SCRAM", ByteBuffer.wrap(data.getBytes(UTF_8)));
    }

    static Packet.ConnAck accepted(String proof) {
        return new BrokerTerms().authentication("SCRAM", proof.getBytes(UTF_8)).accepted(false);
    }

    static Packet.Disconnect disconnect(int code) {
        return new Packet.Disconnect(new MqttReason(code), -1);
    }

    /** Returns how many threads the calls of the bean occupy. */
    int threads() {
        return calls.size();
    }

    /** Runs the calls of the bean that are due. */
    void callBean() {
        while (!calls.isEmpty()) {
            calls.remove().run();
        }
    }

    /** Opens the session up to CONNECT. */
    FakeChannel begin() {
        session.session.connect();
        callBean();
        return session.channels.last();
    }

    FakeChannel connected() {
        FakeChannel channel = begin();
        channel.receive(accepted("proof"));
        callBean();
        return channel;
    }

    FakeChannel nextAttempt() {
        session.timer.pass(Duration.ofSeconds(3));
        callBean();
        return session.channels.last();
    }

    private final class Bean implements MqttAuthentication {
        @Override
        public String method() {
            return "SCRAM";
        }

        @Override
        public byte[] begin() {
            heard.add("begin");
            return "hello".getBytes(UTF_8);
        }

        @Override
        public byte[] answer(byte[] challenge) {
            heard.add(text(challenge));
            return answer.apply(text(challenge)).getBytes(UTF_8);
        }

        @Override
        public void accepted(byte[] data) {
            heard.add("accepted " + text(data));
            verdict.accept(text(data));
        }
    }

    private static String text(byte[] data) {
        return data == null ? "nothing" : new String(data, UTF_8);
    }
}
