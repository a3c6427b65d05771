package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttMetrics;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("container")
class RoutingTableTest {
    private static final TopicFilter PLUS = TopicFilter.of("a/+");

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void plus(@Observes @Priority(1) @MqttTopic("a/+") String text) {
            recorder.record("plus");
        }

        void variable(@Observes @Priority(2) @MqttTopic("a/{x}") String text) {
            recorder.record("variable");
        }

        void several(@Observes @Priority(3) @MqttTopic("a/+") @MqttTopic("a/#") String text) {
            recorder.record("several");
        }

        void async(@ObservesAsync @MqttTopic("async/#") String text) {}
    }

    private Deployment deployment;
    private RoutingTable routing;
    private SharedRecorder recorder;

    @BeforeEach
    void deploy() {
        deployment = Deployment.of(Observers.class);
        routing = deployment.routing("default");
        recorder = deployment.get(SharedRecorder.class);
    }

    @AfterEach
    void undeploy() {
        deployment.close();
    }

    private Route route(String topic) {
        return routing.route(topic, routing.subscribed());
    }

    @Test
    void unsubscribe_fromAFilter_stopsItsObserversHoweverTheFilterIsWritten() {
        routing.unsubscribe(PLUS);
        deployment.receive("a/b", "x");
        assertThat(deployment.recorded()).containsExactly("several"); // it has another filter
        assertThat(routing.filters()).containsExactlyInAnyOrder(TopicFilter.of("a/#"), TopicFilter.of("async/#"));
    }

    @Test
    void subscribe_toAnUnsubscribedFilter_resumesItsObservers() {
        routing.unsubscribe(PLUS);
        routing.subscribe(PLUS, null);
        deployment.receive("a/b", "x");
        assertThat(deployment.recorded()).containsExactly("plus", "variable", "several");
    }

    @Test
    void unsubscribeAll_stopsObserversAndConsumers() {
        routing.subscribe(TopicFilter.of("c"), message -> recorder.record("consumer"));
        routing.unsubscribeAll();
        deployment.receive("a/b", "x");
        deployment.receive("c", "x");
        assertThat(deployment.recorded()).isEmpty();
        assertThat(routing.filters()).isEmpty();
    }

    @Test
    void consumer_receivesMessagesInAdditionToTheObservers() {
        routing.subscribe(PLUS, message -> recorder.record("consumer " + message.topic()));
        deployment.receive("a/b", "x");
        assertThat(deployment.recorded()).containsExactly("plus", "variable", "several", "consumer a/b");
    }

    @Test
    void consumer_ofTheSameFilter_replacesThePreviousOne() {
        routing.subscribe(PLUS, message -> recorder.record("first"));
        deployment.receive("a/b", "x");
        routing.subscribe(PLUS, message -> recorder.record("second"));
        deployment.receive("a/b", "x");
        routing.subscribe(PLUS, null);
        deployment.receive("a/b", "x");
        assertThat(deployment.recorded())
                .filteredOn(line -> line.equals("first") || line.equals("second"))
                .containsExactly("first", "second");
    }

    @Test
    void handling_isTimedForEachFilterThatMatches() {
        TopicFilter other = TopicFilter.of("c");
        routing.subscribe(other, message -> recorder.record("consumer"));
        deployment.receive("a/b", "x");
        deployment.receive("a/c", "x");
        deployment.receive("c", "x");

        Map<String, MqttMetrics.Handling> handling = routing.handling();
        assertThat(handling).containsOnlyKeys("a/+", "a/#", "async/#", "c");
        assertThat(handling.get("a/+").messages()).isEqualTo(2);
        assertThat(handling.get("a/#").messages()).isEqualTo(2);
        assertThat(handling.get("c").messages()).isEqualTo(1);
        assertThat(handling.get("async/#")).isEqualTo(new MqttMetrics.Handling(0, Duration.ZERO, Duration.ZERO));
        assertThat(handling.get("a/+").longest())
                .isPositive()
                .isLessThan(handling.get("a/+").total());

        routing.unsubscribe(other);
        assertThat(routing.handling()).containsOnlyKeys("a/+", "a/#", "async/#");
    }

    @Test
    void route_ofTheSameTopic_isMadeOnce() {
        assertThat(route("a/b")).isSameAs(route("a/b"));
    }

    @Test
    void route_ofTopicsWithTheSameMatches_isTheSame() {
        assertThat(route("a/b")).isSameAs(route("a/c"));
        assertThat(route("a/b")).isNotSameAs(route("a/b/c"));
    }

    @Test
    void route_knowsWhetherItHasSyncAndAsyncObservers() {
        assertThat(route("a/b").sync()).isTrue();
        assertThat(route("a/b").async()).isFalse();
        assertThat(route("async").sync()).isFalse();
        assertThat(route("async").async()).isTrue();
        assertThat(route("unobserved").sync()).isFalse();
    }

    @Test
    void routes_ofAnyNumberOfTopics_areKeptWithinABound() {
        IntStream.range(0, 100_000).forEach(i -> route("a/" + i));
        assertThat(routing.size()).isLessThanOrEqualTo(20_000);
        deployment.receive("a/99999", "x");
        assertThat(deployment.recorded()).containsExactly("plus", "variable", "several");
    }

    @Test
    void routes_ofLongTopics_areFoundWithoutKeepingTheTopic() {
        String longTopic = "a/" + "b".repeat(60_000);
        assertThat(route(longTopic)).isSameAs(route("a/b"));
        assertThat(routing.size()).isEqualTo(2); // the route of a/b, by topic and by match
    }

    @Test
    void message_isForTheConsumersThatHadSubscribedWhenItWasReceived() {
        routing.subscribe(TopicFilter.of("c/+"), first -> {});
        int received = routing.subscribed();
        routing.subscribe(TopicFilter.of("c/#"), second -> {});

        assertThat(routing.route("c/d", received).consumers())
                .extracting(Target.OfConsumer::filter)
                .containsExactly(TopicFilter.of("c/+"));
        assertThat(route("c/d").consumers()).hasSize(2);
    }

    @Test
    void consumerInPlaceOfAnother_takesWhatWasReceivedForThat() {
        Consumer<MqttMessage> second = message -> {};
        routing.subscribe(TopicFilter.of("c/+"), first -> {});
        int received = routing.subscribed();
        routing.subscribe(TopicFilter.of("c/+"), second);

        assertThat(routing.route("c/d", received).consumers())
                .extracting(Target.OfConsumer::consumer)
                .containsExactly(second);
    }

    @Test
    void routes_ofManyConsumers_areKeptWithinABound() {
        Consumer<MqttMessage> consumer = message -> recorder.record(message.topic());
        IntStream.range(0, 12_000).forEach(i -> routing.subscribe(TopicFilter.of("c/" + i), consumer));
        IntStream.range(0, 12_000).forEach(i -> route("c/" + i));
        assertThat(routing.size()).isLessThanOrEqualTo(20_000);
        deployment.receive("c/11999", "x");
        assertThat(deployment.recorded()).containsExactly("c/11999");
    }
}
