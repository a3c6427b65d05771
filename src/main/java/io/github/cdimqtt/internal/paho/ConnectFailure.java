package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.net.connect.ConnectProgress;
import io.github.cdimqtt.internal.net.connect.HangUp;
import io.github.cdimqtt.internal.net.tls.TlsFailure;
import io.github.cdimqtt.internal.net.tls.TlsFault;
import io.github.cdimqtt.internal.net.websocket.WebSocketException;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.text.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Explains in one sentence why a connection failed; Paho's own message is "Connection lost". Immutable. */
final class ConnectFailure {
    private final BrokerAddress server;
    private final MqttConfig config;

    ConnectFailure(BrokerAddress server, MqttConfig config) {
        this.server = server;
        this.config = config;
    }

    /**
     * Returns the exception to report; its cause is the original one, without Paho's wrapping.
     *
     * @param progress how far the attempt had come
     * @param connected whether the broker had accepted the connection
     */
    io.github.cdimqtt.MqttException of(Throwable cause, ConnectProgress progress, boolean connected) {
        Throwable root = cause;
        while (root instanceof MqttException && root.getCause() != null) {
            root = root.getCause();
        }
        // No broker-url is set: probably it was forgotten, or is set under an unknown key.
        String hint =
                progress == ConnectProgress.UNREACHED && !HangUp.isOne(root, progress) && config.brokerUrl() == null
                        ? " (no mqtt.broker-url is set, so tcp://localhost was tried)"
                        : "";
        return new io.github.cdimqtt.MqttException(sentence(root, progress, connected) + hint, root);
    }

    private String sentence(Throwable cause, ConnectProgress progress, boolean connected) {
        if (!connected && HangUp.isOne(cause, progress)) {
            return server + " " + HangUp.sentence(server, progress);
        }
        String tls = new TlsFailure(config.tls()).of(cause);
        if (tls != null) {
            return server + ": " + tls;
        } else if (cause instanceof MqttException paho) {
            return sentence(paho, connected);
        } else if (cause instanceof MalformedPacketException
                || cause instanceof WebSocketException
                || cause instanceof TlsFault) {
            return server + ": " + cause.getMessage();
        } else if (cause instanceof UnknownHostException) {
            return "unknown host " + server.host() + " in " + server;
        } else if (cause instanceof ConnectException
                && String.valueOf(cause.getMessage()).contains("refused")) {
            return "connection refused by " + server + ": nothing listens there";
        } else if (cause instanceof SocketTimeoutException) {
            return "no answer from " + server + " within "
                    + seconds(config.connectionTimeout().toMillis());
        } else if (cause instanceof EOFException) {
            return "the broker " + server + " closed the connection";
        } else if (cause instanceof IOException) {
            return (connected ? "the connection to " + server + " broke: " : server + " can't be reached: ")
                    + Printable.reason(cause);
        }
        return "the connection to " + server + " failed: " + Printable.of(cause.toString());
    }

    private String sentence(MqttException cause, boolean connected) {
        if (connected && cause.getReasonCode() == MqttException.REASON_CODE_UNEXPECTED_ERROR) {
            return server + ": the broker answered what it was never asked, with an unknown packet identifier";
        }
        return switch (cause.getReasonCode()) {
            case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION ->
                refusal(cause, "the broker does not support MQTT " + config.protocolVersion());
            case MqttException.REASON_CODE_INVALID_CLIENT_ID ->
                refusal(cause, "the broker refused the client identifier");
            case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> refusal(cause, "the broker is not available");
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION -> refusal(cause, "wrong user name or password");
            case MqttException.REASON_CODE_NOT_AUTHORIZED ->
                refusal(cause, "not authorised to connect; check user name and password");
            case MqttException.REASON_CODE_CLIENT_TIMEOUT ->
                "no answer to a ping from " + server + " within "
                        + seconds(config.keepalive().toMillis());
            case MqttException.REASON_CODE_WRITE_TIMEOUT ->
                server + " took nothing for " + seconds(config.keepalive().toMillis() * 2);
            default ->
                !connected && cause.getReasonCode() < 256
                        ? refusal(cause, "the broker refused the connection")
                        : server + ": " + cause.getMessage() + " (Paho " + cause.getReasonCode() + ")";
        };
    }

    private String refusal(MqttException cause, String what) {
        return server + ": " + what + " (CONNACK return code " + cause.getReasonCode() + ")";
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
