package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Async observers run concurrently with sync ones and are isolated like them; a message awaits both. */
@Tag("container")
class AsyncObserverTest {

    @RequestScoped
    static class Request {
        int calls() {
            return 1;
        }
    }

    @ApplicationScoped
    static class Observers {
        final CountDownLatch gate = new CountDownLatch(1);

        @Inject
        SharedRecorder recorder;

        @Inject
        Request request;

        void slow(@ObservesAsync @MqttTopic("slow") String text) throws InterruptedException {
            gate.await();
            recorder.record("slow " + text);
        }

        void async(@Observes @MqttTopic("slow") String text) {
            recorder.record("sync " + text);
        }

        void open() {
            gate.countDown();
        }

        void failing(@ObservesAsync @MqttTopic("two/{n}") String text) {
            throw new IllegalStateException("no");
        }

        void healthy(@ObservesAsync @MqttTopic("two/{n}") int number, @TopicParam("n") int n, MqttMessage message) {
            recorder.record(number + " " + n + " " + message.param("n") + " " + message.topic());
        }

        void inRequest(@ObservesAsync @MqttTopic("request") String text) {
            recorder.record("request " + request.calls());
        }

        void redelivered(
                @ObservesAsync @MqttTopic(value = "again", qos = Qos.AT_LEAST_ONCE, onFailure = OnFailure.REDELIVER)
                        String text) {
            throw new IllegalStateException("no");
        }

        void thread(@ObservesAsync @MqttTopic("thread") String text) {
            recorder.record(Thread.currentThread());
        }
    }

    private Deployment deployment;

    @RegisterExtension
    final LogRecorder log = LogRecorder.of("io.github.cdimqtt");

    @BeforeEach
    void deploy() {
        deployment = Deployment.of(
                Map.of("mqtt.clean-session", "false", "mqtt.client-id", "test"), Observers.class, Request.class);
    }

    @AfterEach
    void undeploy() {
        deployment.close();
    }

    @Test
    void message_isDone_whenItsAsyncObserversAreDone() throws Exception {
        CompletableFuture<Outcome> outcome = deployment.handle(
                "default", new Packet.Publish("slow", Deployment.bytes("x"), Qos.AT_LEAST_ONCE, false, false, 1));
        assertThat(deployment.recorded()).containsExactly("sync x");
        assertThat(outcome).isNotDone();
        deployment.get(Observers.class).open();
        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.HANDLED);
        assertThat(deployment.recorded()).containsExactly("slow x");
    }

    @Test
    void failingAsyncObserver_doesNotAffectTheOthers() {
        assertThat(deployment.receive("two/2", "1")).isEqualTo(Outcome.FAILED);
        assertThat(deployment.recorded()).containsExactly("1 2 2 two/2");
        assertThat(log.lines())
                .containsExactly("SEVERE MQTT-107: Observers#failing(String) failed on a message to 'two/2':"
                        + " java.lang.IllegalStateException: no");
    }

    @Test
    void asyncObserver_ofAPayloadThatDoesNotConvert_isNotCalled() {
        assertThat(deployment.receive("two/2", "many")).isEqualTo(Outcome.FAILED);
        assertThat(deployment.recorded()).isEmpty();
        assertThat(log.lines())
                .contains("SEVERE MQTT-107: Observers#healthy(int, int, MqttMessage) failed on a message to 'two/2':"
                        + " the payload on 'two/2' does not convert to int: not such a number");
    }

    @Test
    void asyncObserver_runsWithinARequestScope() {
        deployment.receive("request", "x");
        assertThat(log.lines()).isEmpty();
        assertThat(deployment.recorded()).containsExactly("request 1");
    }

    @Test
    void failingAsyncObserver_decidesTheOutcome() {
        assertThat(deployment.receive("again", "x")).isEqualTo(Outcome.REDELIVER);
    }

    @Test
    void asyncObserver_runsOnTheExecutorOfObservers() {
        deployment.receive("thread", "x");
        List<Object> recorded = deployment.recorded();
        assertThat(recorded).singleElement().isNotEqualTo(Thread.currentThread());
        assertThat(((Thread) recorded.get(0)).getName()).startsWith("pool-"); // of the given executor
    }
}
