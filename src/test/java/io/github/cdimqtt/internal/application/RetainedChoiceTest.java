package io.github.cdimqtt.internal.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which retained messages an application chooses, as a broker reads it. */
@Tag("container")
class RetainedChoiceTest {
    private static final int TIMEOUT_MILLIS = 10_000;

    @Dependent
    static class Observers {
        void once(
                @Observes @MqttTopic(value = "b", qos = Qos.AT_LEAST_ONCE, retained = Retained.SEND_IF_NEW)
                        String text) {}
    }

    private static String read(DataInputStream in) throws IOException {
        int header = in.readUnsignedByte();
        byte[] body = new byte[in.readUnsignedByte()];
        in.readFully(body);
        return "%02x".formatted(header) + HexFormat.of().formatHex(body);
    }

    @Test
    void choices_ofObserversAndCalls_areTheRetainHandling() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(TIMEOUT_MILLIS);
            Map<String, String> settings = Map.of(
                    "mqtt.broker-url", "tcp://127.0.0.1:" + listener.getLocalPort(),
                    "mqtt.connect-async", "true",
                    "mqtt.shutdown-timeout", "0s",
                    "mqtt.protocol-version", "5");
            try (TestContainer container = TestContainer.start(settings, Observers.class);
                    Socket broker = listener.accept()) {
                broker.setSoTimeout(TIMEOUT_MILLIS);
                DataInputStream in = new DataInputStream(broker.getInputStream());
                assertThat(read(in)).startsWith("10");
                broker.getOutputStream().write(HexFormat.of().parseHex("2003000000"));
                assertThat(read(in)).isEqualTo("82" + "0001" + "00" + "00016211");
                broker.getOutputStream().write(HexFormat.of().parseHex("9004" + "0001" + "00" + "01"));

                container.get(Mqtt.class).subscribe("c", Qos.AT_MOST_ONCE, Retained.SKIP, null);

                assertThat(read(in)).isEqualTo("82" + "0002" + "00" + "00016320");
            }
        }
    }
}
