package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.PortableOnly;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Observers that another extension adds are called and isolated like all others. */
@Tag("container")
class ForeignObserversTest {

    static final class Foreign implements Extension {
        private final List<Object> observed = new CopyOnWriteArrayList<>();

        void add(@Observes @Priority(1) AfterBeanDiscovery event) {
            event.<MqttMessage>addObserverMethod()
                    .beanClass(Foreign.class)
                    .observedType(MqttMessage.class)
                    .addQualifier(MqttTopic.Literal.of("foreign/{room}"))
                    .priority(1)
                    .notifyWith(context -> observed.add("message "
                            + context.getEvent().param("room")
                            + context.getMetadata().getQualifiers().contains(MqttBroker.Literal.of("default"))));
            event.<MqttMessage>addObserverMethod()
                    .beanClass(Foreign.class)
                    .observedType(MqttMessage.class)
                    .addQualifier(MqttTopic.Literal.of("foreign/+"))
                    .priority(2)
                    .notifyWith(context -> {
                        throw new IllegalStateException("no");
                    });
            event.addObserverMethod(new SyntheticObserver(double.class, 3));
            event.addObserverMethod(new SyntheticObserver(String.class, 4));
        }

        /** Made without the configurator: Weld warns of those whose type is not that of the wrapper. */
        private final class SyntheticObserver implements ObserverMethod<Object> {
            private final Type type;
            private final int priority;

            SyntheticObserver(Type type, int priority) {
                this.type = type;
                this.priority = priority;
            }

            @Override
            public Class<?> getBeanClass() {
                return Foreign.class;
            }

            @Override
            public Type getObservedType() {
                return type;
            }

            @Override
            public Set<Annotation> getObservedQualifiers() {
                return Set.of(MqttTopic.Literal.of("foreign/#"));
            }

            @Override
            public Reception getReception() {
                return Reception.ALWAYS;
            }

            @Override
            public TransactionPhase getTransactionPhase() {
                return TransactionPhase.IN_PROGRESS;
            }

            @Override
            public int getPriority() {
                return priority;
            }

            @Override
            public void notify(EventContext<Object> context) {
                observed.add(context.getEvent());
            }
        }
    }

    @Test
    @PortableOnly
    void observers_ofAnotherExtension_areCalledAndIsolated() {
        try (LogRecorder log = LogRecorder.of("io.github.cdimqtt");
                Deployment deployment = Deployment.of(Foreign.class)) {
            assertThat(deployment.receive("foreign/attic", "1.5")).isEqualTo(Outcome.FAILED);
            assertThat(foreign(deployment.beans()).observed).containsExactly("message attictrue", 1.5, "1.5");
            assertThat(log.lines())
                    .containsExactly("SEVERE MQTT-107: Foreign (an observer of MqttMessage without a method) failed on"
                            + " a message to 'foreign/attic': java.lang.IllegalStateException: no");
        }
    }

    private static Foreign foreign(BeanManager beans) {
        return beans.getExtension(Foreign.class);
    }
}
