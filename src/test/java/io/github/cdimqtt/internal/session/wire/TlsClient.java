package io.github.cdimqtt.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.net.tls.SecureServer;
import io.github.cdimqtt.internal.net.tls.SecureServer.Seen;
import io.github.cdimqtt.internal.session.WireEvent.Connected;

/** Connects once over TLS. */
record TlsClient(Wire wire) {

    static MqttConfig config(TlsConfig.Builder tls) {
        return MqttConfig.builder().tls(tls.build()).build();
    }

    /** Connects, and returns what the server saw. */
    Seen connect(TlsConfig.Builder tls, SecureServer server, String host) {
        try (Fixture fixture = new Fixture(wire, config(tls))) {
            fixture.open(server.uri(host));
            fixture.recorder.expect(new Connected(false));
            fixture.connection.close(true);
            return server.seen();
        }
    }

    /** Is refused, and returns the reason. */
    String refused(TlsConfig.Builder tls, SecureServer server, String host) {
        try (Fixture fixture = new Fixture(wire, config(tls))) {
            fixture.open(server.uri(host));
            String message = fixture.recorder.lost();
            assertThat(message).startsWith(server.uri(host) + ": ");
            return message.substring(server.uri(host).length() + 2);
        }
    }
}
