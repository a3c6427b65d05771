package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.beans.Container;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.convert.ApplicationJson;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.portable.TestedFront;
import io.github.cdimqtt.internal.session.inbound.ObserverFailure;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.support.SharedRecorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.spi.BeanManager;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An application in a container without any connection; messages are dispatched as if they had arrived on one. */
public final class Deployment implements AutoCloseable {
    private final TestContainer container;
    private final ExecutorService dispatchThread = Executors.newSingleThreadExecutor();
    private final ExecutorService asyncObservers = Executors.newCachedThreadPool();
    private final Map<String, RoutingTable> routings = new HashMap<>();
    private final List<ObserverFailure> failures = new CopyOnWriteArrayList<>();
    private OnFailure onFailure = OnFailure.ACK;

    private Deployment(TestContainer container) {
        this.container = container;
    }

    /** Deploys these classes, and {@link SharedRecorder}. */
    public static Deployment of(Class<?>... classes) {
        return of(Map.of(), classes);
    }

    public static Deployment of(Map<String, String> settings, Class<?>... classes) {
        List<Class<?>> all = new ArrayList<>(List.of(classes));
        all.add(SharedRecorder.class);
        all.add(ObserverCollector.class);
        Map<String, String> off = new HashMap<>(settings);
        off.put("mqtt.enabled", "false");
        return new Deployment(TestContainer.start(off, all.toArray(Class<?>[]::new)));
    }

    /** Sets {@code mqtt.on-failure}. */
    Deployment onFailure(OnFailure value) {
        onFailure = value;
        return this;
    }

    /** Has a message of QoS 0 arrive on the default connection, and waits for its observers. */
    public Outcome receive(String topic, Object payload) {
        return receive(MqttBroker.DEFAULT, topic, payload);
    }

    public Outcome receive(String broker, String topic, Object payload) {
        return receive(broker, new Packet.Publish(topic, bytes(payload), Qos.AT_MOST_ONCE, false, false, 0));
    }

    public Outcome receive(String broker, Packet.Publish message) {
        try {
            return handle(broker, message).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("a handler never fails", e);
        }
    }

    /** Returns when the sync observers are done. On a separate thread: OpenWebBeans has a request scope on the test's. */
    CompletableFuture<Outcome> handle(String broker, Packet.Publish message) throws Exception {
        Dispatcher dispatcher = dispatcher(broker, false);
        return dispatchThread
                .submit(() -> dispatcher.handle(message, null, Integer.MAX_VALUE, failures::add))
                .get(10, TimeUnit.SECONDS);
    }

    static ByteBuffer bytes(Object payload) {
        return MqttMessage.of("t", payload).payloadBuffer();
    }

    /** Returns what was recorded since the last call. */
    public List<Object> recorded() {
        SharedRecorder recorder = get(SharedRecorder.class);
        List<Object> all = recorder.recorded();
        recorder.clear();
        return all;
    }

    /** Returns the failures of observers that were reported to the session. */
    List<ObserverFailure> failures() {
        return failures;
    }

    <T> T get(Class<T> type) {
        return container.get(type);
    }

    BeanManager beans() {
        return container.se().getBeanManager();
    }

    private Container inside() {
        return TestedFront.container(container);
    }

    RoutingTable routing(String broker) {
        return routings.computeIfAbsent(broker, name -> new RoutingTable(name, observers(name), onFailure, inside()));
    }

    Dispatcher dispatcher(String broker, boolean sharesRequestScope) {
        SessionExecutors threads = new SessionExecutors(
                Runnable::run, Runnable::run, asyncObservers, asyncObservers, Runnable::run, new NoTime());
        RequestScope requestScope = new RequestScope(container.se().select(RequestContextController.class));
        return new Dispatcher(
                broker,
                routing(broker),
                converters(),
                isolation(),
                requestScope,
                sharesRequestScope,
                threads,
                new ConnectionEvents(
                        broker, Set.of(MqttEvent.MessageFailed.class), isolation(), requestScope, threads, inside()),
                HandlingListener.NONE);
    }

    /** Returns the observers of the messages of a connection. */
    public List<MessageObserver> observers(String broker) {
        return wrappers().stream()
                .filter(MessageObserver.class::isInstance)
                .map(MessageObserver.class::cast)
                .filter(observer -> observer.observes(broker))
                .toList();
    }

    private Converters converters() {
        return new Converters(beanLookup(), ApplicationJson.converter(beanLookup()));
    }

    public BeanLookup beanLookup() {
        return TestedFront.beans(container);
    }

    private ObserverIsolation isolation() {
        return wrappers().get(0).isolation;
    }

    private List<ObserverWrapper<?>> wrappers() {
        return TestedFront.observers(container);
    }

    @Override
    public void close() {
        dispatchThread.shutdownNow();
        asyncObservers.shutdownNow();
        container.close();
    }

    /** A timer at which time stands still. */
    private static final class NoTime implements Timer {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Task schedule(Duration delay, Runnable task) {
            return () -> {};
        }
    }
}
