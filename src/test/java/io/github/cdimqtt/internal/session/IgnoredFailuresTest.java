package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IgnoredFailuresTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String NOT_CONNECTED = "' is not kept; use QoS 1, or wait for MqttEvent.Connected";

    private final SessionFixture fixture =
            new SessionFixture(MqttConfig.builder().offlineBuffer(1));
    private final Session session = fixture.session;

    private List<String> warnings() {
        return fixture.listener.lines.stream()
                .filter(line -> line.startsWith("WARNING MQTT-1"))
                .filter(line -> line.contains("nothing is chained"))
                .toList();
    }

    private static String published(String failure) {
        return "WARNING MQTT-127: publish failed, and nothing is chained to its stage: " + failure;
    }

    @Test
    void failedPublish_whoseStageIsIgnored_isLogged() {
        session.publish(message("a", Qos.AT_MOST_ONCE));
        fixture.timer.pass(SECOND);
        assertThat(warnings()).containsExactly(published("not connected: a message of QoS 0 to 'a" + NOT_CONNECTED));
    }

    @Test
    void failuresOfAKind_areCounted_atMostOneLineASecond() {
        for (int i = 0; i < 500; i++) {
            session.publish(message("a/" + i, Qos.AT_MOST_ONCE));
            fixture.timer.pass(Duration.ofMillis(10));
        }
        fixture.timer.pass(SECOND);
        assertThat(warnings()).hasSizeBetween(5, 7);
        assertThat(warnings().get(0)).contains("to 'a/0'").endsWith("; and 9 more of the kind");
        assertThat(warnings().get(1)).endsWith("; and 99 more of the kind");
    }

    @Test
    void failuresOfSeveralKinds_areLoggedEach() {
        session.publish(message("a", Qos.AT_MOST_ONCE));
        session.publish(message("b", Qos.AT_LEAST_ONCE));
        session.publish(message("c", Qos.AT_LEAST_ONCE));
        session.stage("subscribe")
                .completeExceptionally(new MqttException("topic filter 'a/#/b': '#' must be the last level"));
        fixture.timer.pass(SECOND);
        assertThat(warnings())
                .containsExactlyInAnyOrder(
                        published("not connected: a message of QoS 0 to 'a" + NOT_CONNECTED),
                        published("the queue of messages to be sent is full (offline-buffer=1): the one to 'c' was not"
                                + " taken; wait for stages, or raise offline-buffer"),
                        "WARNING MQTT-128: subscribe failed, and nothing is chained to its stage: topic filter 'a/#/b':"
                                + " '#' must be the last level");
    }

    static Stream<Consumer<CompletionStage<?>>> looks() {
        return Stream.of(
                stage -> stage.exceptionally(failure -> null),
                stage -> stage.whenComplete((done, failure) -> {}),
                stage -> stage.handle((done, failure) -> failure),
                stage -> stage.thenAccept(done -> {}).exceptionally(failure -> null),
                CompletionStage::toCompletableFuture,
                stage -> CompletableFuture.completedStage(1).thenCombine(stage, (one, two) -> one),
                stage -> CompletableFuture.completedStage(1).thenCompose(one -> stage));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void failedStage_thatIsUsed_isNotLogged(Consumer<CompletionStage<?>> use) {
        use.accept(session.publish(message("a", Qos.AT_MOST_ONCE))); // failed already
        use.accept(session.publish(message("a", Qos.AT_LEAST_ONCE)));
        session.disconnect();
        fixture.timer.pass(SECOND);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void publishThatIsCutOff_isLogged() {
        fixture.connected();
        session.publish(message("a", Qos.AT_LEAST_ONCE));
        session.disconnect();
        fixture.timer.pass(SECOND);
        assertThat(warnings()).containsExactly(published("disconnected by the application"));
    }

    @Test
    void subscribe_thatTheApplicationCancels_isNotLogged() {
        session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false);
        session.connect();
        session.disconnect();
        fixture.timer.pass(SECOND);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void failuresAtTheEnd_andAfterIt_areLoggedAtOnce() {
        session.publish(message("a", Qos.AT_MOST_ONCE));
        session.shutDown(Duration.ZERO);
        fixture.timer.pass(Duration.ZERO);
        session.publish(message("b", Qos.AT_MOST_ONCE));
        session.publish(message("c", Qos.AT_MOST_ONCE));
        session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false);
        String ended = "the connection 'default' has ended with its application";
        assertThat(warnings())
                .containsExactly(
                        published("not connected: a message of QoS 0 to 'a" + NOT_CONNECTED),
                        published(ended),
                        "WARNING MQTT-128: subscribe failed, and nothing is chained to its stage: " + ended);
    }
}
