package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The parameters of an observer after its payload: topic variables, the message, and all that CDI injects. */
@Tag("container")
class InjectedParametersTest {

    enum Side {
        LEFT,
        RIGHT
    }

    @RequestScoped
    static class Request {
        private static final AtomicInteger MADE = new AtomicInteger();

        private final int number = MADE.incrementAndGet();

        int number() {
            return number;
        }
    }

    @Dependent
    static class Helper {
        @Inject
        SharedRecorder recorder;

        @PreDestroy
        void end() {
            recorder.record("helper destroyed");
        }
    }

    @Dependent
    static class Curious {
        @Inject
        InjectionPoint point;
    }

    static class OfInjectionPoint {
        void point(@Observes @MqttTopic("point") String text, Curious curious, SharedRecorder recorder) {
            recorder.record(curious.point.getMember().getName());
        }
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        @Inject
        Request request;

        void variables(
                @Observes @MqttTopic("all/{s}/{i}/{ib}/{l}/{lb}/{u}/{e}/{rest#}") String text,
                @TopicParam("s") String s,
                @TopicParam("i") int i,
                @TopicParam("ib") Integer ib,
                @TopicParam("l") long l,
                @TopicParam("lb") Long lb,
                @TopicParam("u") UUID u,
                @TopicParam("e") Side e,
                @TopicParam("rest") String rest,
                @TopicParam("i") String iAsText) {
            recorder.record(
                    s + "," + i + "," + ib + "," + l + "," + lb + "," + u + "," + e + "," + rest + "," + iAsText);
        }

        void container(
                @Observes @MqttTopic("container") String text,
                EventMetadata metadata,
                Instance<SharedRecorder> instance,
                Event<String> event,
                BeanManager beans,
                Mqtt mqtt,
                MqttMessage message,
                Helper helper) {
            recorder.record(metadata.getQualifiers().contains(MqttTopic.Literal.of("container"))
                    && metadata.getQualifiers().contains(MqttBroker.Literal.of("default"))
                    && metadata.getType() == MqttMessage.class);
            recorder.record(instance.isResolvable() && event != null && beans != null && message.topic() != null);
            recorder.record(mqtt.isConnected());
        }

        void request(@Observes @MqttTopic("request") String text, Request parameter) {
            recorder.record(parameter.number());
        }

        void sameRequest(@Observes @MqttTopic("request") MqttMessage message) {
            recorder.record(request.number());
        }
    }

    private Deployment deployment;

    @BeforeEach
    void deploy() {
        deployment = Deployment.of(Observers.class, Request.class, Helper.class);
    }

    @AfterEach
    void undeploy() {
        deployment.close();
    }

    @Test
    void topicVariables_ofEveryType_areInjected() {
        UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
        deployment.receive("all/kü che/-1/2/9223372036854775807/4/" + uuid + "/RIGHT/x/y", "text");
        assertThat(deployment.recorded())
                .containsExactly("kü che,-1,2,9223372036854775807,4," + uuid + ",RIGHT,x/y,-1");
    }

    @Test
    void restOfTheTopic_atTheParentLevel_isEmpty() {
        UUID uuid = UUID.randomUUID();
        deployment.receive("all//1/2/3/4/" + uuid + "/LEFT", "text");
        assertThat(deployment.recorded()).containsExactly(",1,2,3,4," + uuid + ",LEFT,,1");
    }

    @Test
    void parameters_thatCdiInjects_areInjected() {
        deployment.receive("container", "text");
        assertThat(deployment.recorded()).containsExactly(true, true, false, "helper destroyed");
    }

    @Test
    @PortableOnly
    void injectionPoint_isTheParameter() {
        deployment.close();
        deployment = Deployment.of(OfInjectionPoint.class, Curious.class);
        deployment.receive("point", "text");
        assertThat(deployment.recorded()).containsExactly("point");
    }

    @Test
    void requestScope_isOneForEachMessage() {
        deployment.receive("request", "x");
        int first = (Integer) deployment.recorded().get(0);
        deployment.receive("request", "x");
        assertThat(deployment.recorded()).containsExactly(first + 1, first + 1);
    }
}
