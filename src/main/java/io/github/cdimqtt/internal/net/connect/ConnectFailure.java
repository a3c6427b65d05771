package io.github.cdimqtt.internal.net.connect;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.net.ExplainedException;
import io.github.cdimqtt.internal.net.tls.TlsFailure;
import io.github.cdimqtt.internal.text.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Explains in one sentence why an attempt to connect failed or a connection broke. Immutable. */
public final class ConnectFailure {
    private final BrokerAddress server;
    private final MqttConfig config;

    public ConnectFailure(BrokerAddress server, MqttConfig config) {
        this.server = server;
        this.config = config;
    }

    /**
     * Returns the exception to report; its cause is the one given.
     *
     * @param progress how far the attempt had come
     * @param accepted whether the broker had accepted the connection
     */
    public MqttException of(Throwable cause, ConnectProgress progress, boolean accepted) {
        // No broker-url is set: probably it was forgotten, or is set under an unknown key.
        String hint =
                progress == ConnectProgress.UNREACHED && !HangUp.isOne(cause, progress) && config.brokerUrl() == null
                        ? " (no mqtt.broker-url is set, so tcp://localhost was tried)"
                        : "";
        return new MqttException(sentence(cause, progress, accepted) + hint, cause);
    }

    private String sentence(Throwable cause, ConnectProgress progress, boolean accepted) {
        if (!accepted && HangUp.isOne(cause, progress)) {
            return server + " " + HangUp.sentence(server, progress, config.protocolVersion());
        }
        String tls = new TlsFailure(config.tls()).of(cause);
        if (tls != null) {
            return server + ": " + tls;
        } else if (cause instanceof ExplainedException) {
            return server + ": " + cause.getMessage();
        } else if (cause instanceof UnknownHostException) {
            return "unknown host " + server.host() + " in " + server;
        } else if (cause instanceof ConnectException
                && String.valueOf(cause.getMessage()).contains("refused")) {
            return "connection refused by " + server + ": nothing listens there";
        } else if (cause instanceof SocketTimeoutException) {
            long millis = config.connectionTimeout().toMillis();
            return "no answer from " + server + " within "
                    + (millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms");
        } else if (cause instanceof EOFException) {
            return "the broker " + server + " closed the connection";
        } else if (cause instanceof IOException) {
            return (accepted ? "the connection to " + server + " broke: " : server + " can't be reached: ")
                    + Printable.reason(cause);
        }
        return "the connection to " + server + " failed: " + Printable.of(cause.toString());
    }
}
