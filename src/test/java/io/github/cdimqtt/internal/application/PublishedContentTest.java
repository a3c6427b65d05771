package io.github.cdimqtt.internal.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.PublishInTransaction;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.convert.JsonbConverter;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.portable.TestedFront;
import io.github.cdimqtt.internal.session.RecordingConnectionListener;
import io.github.cdimqtt.internal.session.Session;
import io.github.cdimqtt.internal.session.SessionFixture;
import io.github.cdimqtt.internal.session.SessionSetup;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.transport.PacketChannel;
import io.github.cdimqtt.support.ManualTimer;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.Dependent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a message of MQTT 5 says of its payload by itself: what cdi-mqtt knows, where the application says nothing. */
@Tag("container")
class PublishedContentTest {

    public record Reading(double value) {}

    public record Point(int x) {}

    @Dependent
    static class PointConverter implements PayloadConverter<Point> {
        @Override
        public boolean supports(Type type) {
            return type == Point.class;
        }

        @Override
        public Point read(MqttMessage message, Type type) {
            return new Point(message.as(int.class));
        }

        @Override
        public byte[] write(Point value) {
            return String.valueOf(value.x()).getBytes(UTF_8);
        }
    }

    private static final MqttProperties TEXT =
            MqttProperties.builder().text(true).build();
    private static final MqttProperties JSON =
            TEXT.toBuilder().contentType("application/json").build();

    private static TestContainer container;
    private static Converters converters;

    @BeforeAll
    static void deploy() {
        container = TestContainer.start(PointConverter.class);
        converters = new Converters(TestedFront.beans(container), JsonbConverter.ifPresent());
    }

    @AfterAll
    static void undeploy() {
        container.close();
    }

    private static MqttProperties properties(boolean isMqtt5, Object payload, MqttProperties given) {
        return new PublishPackets(converters, isMqtt5)
                .packet("t", payload, Qos.AT_MOST_ONCE, false, given)
                .properties();
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                arguments("text", TEXT),
                arguments(new StringBuilder("text"), TEXT),
                arguments("", TEXT),
                arguments(5, TEXT),
                arguments(true, TEXT),
                arguments(Qos.AT_MOST_ONCE, TEXT),
                arguments(UUID.randomUUID(), TEXT),
                arguments(Optional.of("text"), TEXT),
                arguments(new Reading(1), JSON),
                arguments(List.of(1, 2), JSON),
                arguments(Optional.of(new Reading(1)), JSON),
                arguments(null, MqttProperties.NONE),
                arguments(Optional.empty(), MqttProperties.NONE),
                arguments(new byte[] {'x'}, MqttProperties.NONE),
                arguments(ByteBuffer.wrap(new byte[] {'x'}), MqttProperties.NONE),
                arguments(MqttMessage.of("t", "text"), MqttProperties.NONE),
                arguments(new Point(1), MqttProperties.NONE));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void message_saysWhatIsKnownOfItsPayload_onMqtt5(Object payload, MqttProperties expected) {
        assertThat(properties(true, payload, MqttProperties.NONE)).isEqualTo(expected);
        assertThat(properties(false, payload, MqttProperties.NONE)).isSameAs(MqttProperties.NONE);
    }

    @Test
    void whatTheApplicationSays_stays() {
        MqttProperties given = MqttProperties.builder()
                .contentType("application/vnd.reading+json")
                .responseTopic("answer")
                .correlationData(new byte[] {1})
                .expiry(Duration.ofSeconds(5))
                .user("a", "b")
                .build();

        assertThat(properties(true, new Reading(1), given))
                .isEqualTo(given.toBuilder().text(true).build());
        assertThat(properties(true, "text", given))
                .isEqualTo(given.toBuilder().text(true).build());
        assertThat(properties(true, new Point(1), given)).isSameAs(given);
        assertThat(properties(true, new byte[1], given)).isSameAs(given);
    }

    @Test
    void whatTheApplicationDoesNotSay_isAdded() {
        MqttProperties given = MqttProperties.builder().user("a", "b").build();
        MqttProperties givenText = given.toBuilder().text(true).build();

        for (MqttProperties each : List.of(given, givenText)) {
            assertThat(properties(true, new Reading(1), each))
                    .isEqualTo(givenText.toBuilder()
                            .contentType("application/json")
                            .build());
            assertThat(properties(true, "text", each)).isEqualTo(givenText);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, true", "3.1.1, false", "3.1, false"})
    void connection_saysIt_onMqtt5Alone(String version, boolean text) {
        List<Packet> sent = new ArrayList<>();
        MqttConfig config = MqttConfig.builder().protocolVersion(version).build();
        Session session = new SessionSetup(
                        "default",
                        "me",
                        config,
                        SessionFixture.ANONYMOUS,
                        null,
                        (server, listener) -> new AcceptingChannel(listener, sent),
                        MessageStore.NONE,
                        (message, recipients, subscribed, failures) ->
                                CompletableFuture.completedFuture(Outcome.HANDLED),
                        new RecordingConnectionListener(),
                        new SessionExecutors(
                                Runnable::run,
                                Runnable::run,
                                Runnable::run,
                                Runnable::run,
                                Runnable::run,
                                new ManualTimer()))
                .session();
        session.connect();

        new MqttConnection(
                        "default",
                        config,
                        session,
                        null,
                        converters,
                        Map.of(PublishInTransaction.NOW, session::publish),
                        null)
                .publish("t", "text");

        assertThat(sent)
                .last()
                .isInstanceOfSatisfying(
                        Packet.Publish.class,
                        packet -> assertThat(packet.properties().isText()).isEqualTo(text));
    }

    /** A channel whose broker accepts each connection. */
    private record AcceptingChannel(Listener session, List<Packet> sent) implements PacketChannel {
        @Override
        public void open() {
            session.opened();
        }

        @Override
        public void send(Packet packet) {
            sent.add(packet);
            if (packet instanceof Packet.Connect) {
                session.received(new Packet.ConnAck(false, 0));
            }
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public long bytesReceived() {
            return 0;
        }

        @Override
        public long bytesSent() {
            return 0;
        }

        @Override
        public int pingsSent() {
            return 0;
        }

        @Override
        public CompletableFuture<Void> close(Packet last) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
