package io.github.cdimqtt.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.packet.Mqtt5Packets;
import io.github.cdimqtt.internal.packet.Packets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A broker that the test plays, byte by byte. */
final class ScriptedBroker implements AutoCloseable {
    static final int TIMEOUT_MILLIS = 10_000;

    private final ServerSocket listener;

    ScriptedBroker() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listener.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uri() {
        return "tcp://127.0.0.1:" + listener.getLocalPort();
    }

    /** Accepts the next connection. */
    Peer accept() {
        try {
            return new Peer(listener.accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Accepts the next connection, and its CONNECT with a CONNACK of the same version; only MQTT 5 has properties. */
    Peer accept(boolean sessionPresent, String... properties) {
        Peer peer = accept();
        if (Mqtt5Packets.isConnect(peer.expect(Packets.CONNECT))) {
            peer.send(Mqtt5Packets.connack(sessionPresent, properties));
        } else {
            assertThat(properties).isEmpty();
            peer.send(Packets.connack(sessionPresent));
        }
        return peer;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
