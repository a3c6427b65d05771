package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Topic filters that begin with a prefix of a broker; their messages arrive on another topic. */
@Tag("container")
class PrefixTest {

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void job(@Observes @MqttTopic("$queue/jobs/{id}") String text, @TopicParam("id") int id) {
            recorder.record("job " + id);
        }

        void work(@Observes @MqttTopic("$SharedSubscription/g/tasks/+") String text) {
            recorder.record("work");
        }

        void unknown(@Observes @MqttTopic("$turbo/shop/+") String text) {
            recorder.record("shop");
        }

        void withName(@Observes @MqttTopic("$slow/name/stock/#") String text) {
            recorder.record("stock");
        }
    }

    private Deployment deployment;

    @BeforeEach
    void deploy() {
        deployment = Deployment.of(Observers.class);
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void knownPrefix_isNoPartOfTheTopic() {
        deployment.receive("jobs/7", "x");
        deployment.receive("tasks/7", "x");

        assertThat(deployment.recorded()).containsExactly("job 7", "work");
    }

    @Test
    void unknownPrefix_isPartOfTheTopic_andReportedOnceWhenMessagesArriveWithoutIt() {
        RoutingTable routing = deployment.routing("default");

        assertThat(routing.matchWithoutPrefix("elsewhere")).isNull();
        assertThat(routing.matchWithoutPrefix("shop/1")).isEqualTo(TopicFilter.of("$turbo/shop/+"));
        assertThat(routing.matchWithoutPrefix("shop/2")).isNull();
        assertThat(routing.matchWithoutPrefix("stock/1/2")).isEqualTo(TopicFilter.of("$slow/name/stock/#"));
        deployment.receive("$turbo/shop/1", "x");
        assertThat(deployment.recorded()).containsExactly("shop");
    }
}
