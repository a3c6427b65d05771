package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.broker.AnyBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each message has a request scope of its own, as far as an application can tell, also if it waited behind others. */
@ExtendWith({QuietLog.class, AnyBroker.class})
class RequestScopeIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final int MESSAGES = 8;

    @RequestScoped
    static class Request {
        private static final AtomicInteger MADE = new AtomicInteger();

        private final int number = MADE.incrementAndGet();

        int number() {
            return number;
        }
    }

    /** Takes no message before all have arrived: then they are handled one after the other. */
    static class Patient<T> extends Recorder<T> {
        private final CountDownLatch allArrived = new CountDownLatch(1);

        void goOn() {
            allArrived.countDown();
        }

        void awaitAll() {
            try {
                assertThat(allArrived.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ApplicationScoped
    static class User extends Patient<Integer> {
        @Inject
        Request request;

        void arrived(@Observes @MqttTopic("scope/user") String text) {
            awaitAll();
            record(request.number());
        }
    }

    /** Observes the beginning and the end, and has no bean of the scope. */
    @ApplicationScoped
    static class Listener extends Patient<String> {
        private volatile Thread observer;

        void begun(@Observes @Initialized(RequestScoped.class) Object event) {
            note("begun");
        }

        void arrived(@Observes @MqttTopic("scope/listener") String text) {
            observer = Thread.currentThread();
            awaitAll();
            record("arrived");
        }

        void ended(@Observes @Destroyed(RequestScoped.class) Object event) {
            note("ended");
        }

        /** Leaves out the scopes of events, which are fired on another thread. */
        private void note(String what) {
            if (Thread.currentThread() == observer) {
                record(what);
            }
        }
    }

    /** Can't tell one scope from the next, unless it asks the container for it. */
    @ApplicationScoped
    static class Plain extends Patient<Object> {
        @Inject
        BeanManager beans;

        void arrived(@Observes @MqttTopic("scope/plain") String text) {
            awaitAll();
            record(beans.getContext(RequestScoped.class).get(OfTheScope.INSTANCE, beans.createCreationalContext(null)));
        }
    }

    /** Is no bean, so the application has none of the scope. */
    private enum OfTheScope implements Contextual<Object> {
        INSTANCE;

        @Override
        public Object create(CreationalContext<Object> context) {
            return new Object();
        }

        @Override
        public void destroy(Object instance, CreationalContext<Object> context) {}
    }

    /**
     * Has all messages arrive, and then be handled: of QoS 0, as HiveMQ CE may hold back the next one of QoS 1 until the first is
     * acknowledged.
     */
    private static <T> List<T> handle(
            TestContainer container, Class<? extends Patient<T>> type, String topic, int recorded) {
        Mqtt mqtt = container.get(Mqtt.class);
        Patient<T> patient = container.get(type);
        await().atMost(SOON).until(() -> mqtt.subscriptions().containsKey(topic));
        for (int i = 0; i < MESSAGES; i++) {
            mqtt.publish(topic, "x");
        }
        await().atMost(SOON).until(() -> mqtt.metrics().received() == MESSAGES);
        patient.goOn();
        await().atMost(SOON).until(() -> patient.recorded().size() >= recorded);
        return patient.recorded();
    }

    @Test
    void beanOfTheScope_isAnotherForEachMessage(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), User.class, Request.class)) {
            assertThat(handle(container, User.class, "scope/user", MESSAGES)).doesNotHaveDuplicates();
        }
    }

    @Test
    void observerOfTheScope_isToldOfEachMessage(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Listener.class)) {
            List<String> recorded = handle(container, Listener.class, "scope/listener", 3 * MESSAGES - 1);

            List<String> expected = new ArrayList<>(Collections.nCopies(MESSAGES, "begun arrived ended"));
            assertThat("begun " + String.join(" ", recorded)).isEqualTo(String.join(" ", expected));
        }
    }

    @Test
    void scope_thatNothingCanTellFromTheNext_isShared(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Plain.class)) {
            assertThat(new HashSet<>(handle(container, Plain.class, "scope/plain", MESSAGES)))
                    .hasSize(1);
        }
    }
}
