package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A topic that would begin a line of the log, and fill it, is shown in one line and cut. */
class ForgedTopicTest {
    private static final String TOPIC = "a\nWARNING: forged/" + "x".repeat(60_000);
    private static final String SHOWN =
            "'a\\u000aWARNING: forged/" + "x".repeat(240 - "a\\u000aWARNING: forged/".length()) + "...'";

    @Test
    void topicOfDroppedMessages_isLoggedInOneLine() {
        SessionFixture fixture = new SessionFixture(MqttConfig.builder().dispatchQueueCapacity(1));
        fixture.handler = message -> new CompletableFuture<>();
        FakeChannel channel = fixture.connected();

        receive(channel, Qos.AT_MOST_ONCE);
        receive(channel, Qos.AT_MOST_ONCE);
        fixture.timer.pass(Duration.ofSeconds(20));
        receive(channel, Qos.AT_MOST_ONCE);
        fixture.timer.pass(Duration.ofSeconds(1));

        assertThat(fixture.listener.lines)
                .filteredOn(line -> line.contains("MQTT-108"))
                .singleElement()
                .asString()
                .endsWith("; last on " + SHOWN);
    }

    @Test
    void topicOfARedeliveredMessage_isLoggedInOneLine() {
        SessionFixture fixture = new SessionFixture(
                MqttConfig.builder().cleanSession(false).clientId("me").onFailure(OnFailure.REDELIVER));
        fixture.handler = message -> SessionFixture.done(Outcome.REDELIVER);

        receive(fixture.connected(), Qos.AT_LEAST_ONCE);

        assertThat(fixture.listener.events(MqttEvent.Disconnected.class))
                .singleElement()
                .extracting(lost -> lost.cause().getMessage())
                .asString()
                .startsWith("an observer of " + SHOWN + " failed");
    }

    private static void receive(FakeChannel channel, Qos qos) {
        channel.deliver(SessionFixture.inbound(TOPIC, qos, qos.level()));
    }
}
