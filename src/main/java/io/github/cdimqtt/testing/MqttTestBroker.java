package io.github.cdimqtt.testing;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.application.PublishPackets;
import io.github.cdimqtt.internal.convert.ConversionException;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.dispatch.ReceivedMessages;
import io.github.cdimqtt.internal.memory.BrokerControl;
import io.github.cdimqtt.internal.memory.KnownSession;
import io.github.cdimqtt.internal.memory.MemoryBroker;
import io.github.cdimqtt.internal.memory.delivery.TrackedMessage;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The broker inside this JVM that an application connects to with {@code mqtt.broker-url=memory:NAME}: publishes to the
 * application and waits until it has handled the message, shows what it published, and does what brokers and networks do to it.
 * For tests, of whatever framework.
 *
 * <pre>{@code
 * MqttTestBroker broker = MqttTestBroker.named("house");
 * broker.publish("home/kitchen/temp", "31.5");
 * assertEquals("31.5", broker.awaitPublished("home/+/alarm").text());
 * }</pre>
 *
 * <p>It is there before the application and after it, with the retained messages and the sessions that applications leave, until
 * {@link #clear}. In CDI a test can inject it: then it is the broker of the default connection, or with
 * {@link io.github.cdimqtt.MqttBroker} of another, and converts payloads as the application does.
 *
 * <p>Arguments that can't be meant throw {@link MqttException}; what the application does not do within {@link #setTimeout}
 * throws {@link AssertionError}. Thread-safe, but {@link #publish(String, Object)} runs into its timeout within an observer that it
 * waits for.
 */
public final class MqttTestBroker {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /**
     * The session of a client (MQTT 5.0, section 4.1), as it is at the moment.
     *
     * @param clientId the client identifier
     * @param connected whether its client is connected
     * @param subscriptions the granted QoS by topic filter
     * @param waiting how many messages of QoS 1 and 2 its client has not acknowledged
     */
    public record Session(String clientId, boolean connected, Map<String, Qos> subscriptions, int waiting) {}

    private final String name;
    private final BrokerControl control;
    private final @Nullable PayloadConverter<?> converter;
    private volatile @Nullable Converters converters; // JSON-B takes its time
    private volatile Duration timeout = TIMEOUT;

    private MqttTestBroker(String name, @Nullable PayloadConverter<?> converter) {
        this.name = name;
        this.control = MemoryBroker.named(name).control();
        this.converter = converter;
    }

    /**
     * Returns the broker of a name, which begins with the first call or connection.
     *
     * @param name as in {@code memory:NAME}; its case counts
     * @throws MqttException if no broker can have this name
     */
    public static MqttTestBroker named(String name) {
        try {
            return new MqttTestBroker(
                    BrokerAddress.parse("memory:" + requireNonNull(name, "name"))
                            .host(),
                    null);
        } catch (IllegalArgumentException e) {
            throw new MqttException("'memory:" + Printable.of(name) + "' " + e.getMessage(), e);
        }
    }

    /**
     * Returns this broker with a converter of payloads, which is asked before the built-in ones and JSON-B, and in place of those
     * that it had.
     *
     * @param converter as an application has it as a bean
     */
    public MqttTestBroker converting(PayloadConverter<?> converter) {
        MqttTestBroker other = new MqttTestBroker(name, requireNonNull(converter, "converter"));
        other.timeout = timeout;
        return other;
    }

    /**
     * Sets how long each call on this object waits for the application, at most: 5 seconds if it is not set.
     *
     * @param timeout more than nothing; more than a year is a year
     * @return this
     */
    public MqttTestBroker setTimeout(Duration timeout) {
        this.timeout = positive(timeout);
        return this;
    }

    /** As {@link #publish(String, Object, Qos, boolean, MqttProperties)} at QoS 2, so that observers get the QoS they ask for. */
    public void publish(String topic, @Nullable Object payload) {
        publish(topic, payload, Qos.EXACTLY_ONCE);
    }

    /** As {@link #publish(String, Object, Qos, boolean, MqttProperties)}, not retained. */
    public void publish(String topic, @Nullable Object payload, Qos qos) {
        publish(topic, payload, qos, false);
    }

    /** As {@link #publish(String, Object, Qos, boolean, MqttProperties)}, without properties. */
    public void publish(String topic, @Nullable Object payload, Qos qos, boolean retain) {
        publish(topic, payload, qos, retain, MqttProperties.NONE);
    }

    /**
     * Publishes a message, and returns when all who have subscribed have handled and acknowledged it. Before that it waits until
     * every application is connected that is to be, for instance after {@link #disconnect}; but for nobody who can't be while
     * {@link #refuseConnections} holds. A kept session of an application that is away gets the message when that comes back.
     *
     * <p>What observers have published is in {@link #published()} then, as far as the broker takes it at a time: 1,000 messages, at
     * QoS 2 on MQTT 3.1.1 19.
     *
     * @param topic without wildcards
     * @param payload as of {@link io.github.cdimqtt.Mqtt#publish(String, Object, Qos, boolean, MqttProperties)}
     * @param qos an observer gets it with this or the QoS it asks for, whichever is lower
     * @param retain whether it is kept; if not, somebody has to subscribe to it within the timeout
     * @param properties connections on MQTT 3.1.1 do not get them
     * @throws AssertionError if an observer fails, with what it threw as the cause; if one does not return in time, with its
     *     stack as the cause; if nobody has subscribed, or an application is not ready in time; if the message is larger than one
     *     takes, or too many wait for it
     */
    public void publish(String topic, @Nullable Object payload, Qos qos, boolean retain, MqttProperties properties) {
        List<MqttEvent.MessageFailed> failures = handled(topic, payload, qos, retain, properties);
        if (!failures.isEmpty()) {
            MqttEvent.MessageFailed first = failures.get(0);
            throw error(
                    first.observer() + " failed on the message to '" + Printable.of(topic) + "': "
                            + (first.cause() instanceof ConversionException fault ? fault.getMessage() : first.cause()),
                    failures.stream().map(MqttEvent.MessageFailed::cause).toList());
        }
    }

    /** As {@link #publishExpectingFailure(String, Object, Qos, boolean, MqttProperties)} at QoS 2, not retained. */
    public MqttEvent.MessageFailed publishExpectingFailure(String topic, @Nullable Object payload) {
        return publishExpectingFailure(topic, payload, Qos.EXACTLY_ONCE, false, MqttProperties.NONE);
    }

    /**
     * Publishes a message that an observer is to fail on. With {@code on-failure=redeliver} it does not wait until the message
     * comes again.
     *
     * @return the first failure
     * @throws AssertionError if all observers handle it, and as {@link #publish(String, Object, Qos, boolean, MqttProperties)}
     */
    public MqttEvent.MessageFailed publishExpectingFailure(
            String topic, @Nullable Object payload, Qos qos, boolean retain, MqttProperties properties) {
        return handled(topic, payload, qos, retain, properties).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no observer failed on the message to '" + Printable.of(topic)
                        + "', which all have handled that have subscribed"));
    }

    private List<MqttEvent.MessageFailed> handled(
            String topic, @Nullable Object payload, Qos qos, boolean retain, MqttProperties properties) {
        Packet.Publish message = new PublishPackets(converters(), true)
                .packet(
                        requireNonNull(topic, "topic"),
                        payload,
                        requireNonNull(qos, "qos"),
                        retain,
                        requireNonNull(properties, "properties"));
        Waiting waiting = Waiting.of(timeout);
        if (!waiting.until(control::awaitReady)) {
            throw new AssertionError("no message was published, as not all applications were ready within " + waiting
                    + ": one is not connected, or its thread is busy; do not publish in what is chained to a stage."
                    + " The sessions are " + sessions());
        }
        TrackedMessage tracked = waiting.get(deadline -> control.publish(message, deadline));
        if (tracked == null) {
            throw new AssertionError(nobodySubscribed(topic));
        }
        if (!waiting.until(tracked::await)) {
            throw notHandled(topic, tracked, waiting);
        }
        if (!tracked.undelivered().isEmpty()) {
            throw new AssertionError("the message to '" + Printable.of(topic) + "' did not reach "
                    + String.join(", nor ", tracked.undelivered()));
        }
        if (tracked.failures().isEmpty()) { // otherwise it may come again
            boolean unused = waiting.until(control::awaitReady);
        }
        return tracked.failures();
    }

    private String nobodySubscribed(String topic) {
        String nobody = "nobody has subscribed to '" + Printable.of(topic) + "'; ";
        return sessions().isEmpty()
                ? nobody + "no application is connected to " + this
                        + ": check mqtt.broker-url, mqtt.enabled and that the container runs MqttExtension"
                : nobody + "subscribed are " + named(subscriptions().keySet());
    }

    private static AssertionError notHandled(String topic, TrackedMessage tracked, Waiting waiting) {
        List<Throwable> causes = new ArrayList<>();
        tracked.running().forEach((observer, thread) -> causes.add(Waiting.in(observer, thread)));
        tracked.failures().forEach(failure -> causes.add(failure.cause()));
        return error(
                "the message to '" + Printable.of(topic) + "' was not handled within " + waiting + ": "
                        + tracked.state(),
                causes);
    }

    /** Returns an error with the first of its causes as the cause. */
    private static AssertionError error(String text, List<Throwable> causes) {
        AssertionError error = new AssertionError(text, causes.isEmpty() ? null : causes.get(0));
        causes.stream().skip(1).forEach(error::addSuppressed);
        return error;
    }

    /**
     * Returns what clients have published since {@link #clear}, in order, wills included: the last 10,000 messages, and not more
     * than 16 MiB of payload. What this has published is not among them, nor what {@link #refusePublish} has refused.
     */
    public List<MqttMessage> published() {
        return messages(control.published());
    }

    /** As {@link #published()}: those whose topic matches a filter. */
    public List<MqttMessage> published(String filter) {
        TopicFilter wanted = filter(filter);
        return messages(control.published().stream()
                .filter(each -> wanted.matches(each.topic()))
                .toList());
    }

    /** As {@link #awaitPublished(String, Duration)}, for as long as {@link #setTimeout} says. */
    public MqttMessage awaitPublished(String filter) {
        return awaitPublished(filter, timeout);
    }

    /**
     * Waits for a message that a client publishes. Each call returns another one, the oldest first; they stay in
     * {@link #published()}.
     *
     * @param filter what its topic matches
     * @param timeout how long to wait, at most
     * @throws AssertionError if there is none in time
     */
    public MqttMessage awaitPublished(String filter, Duration timeout) {
        TopicFilter wanted = filter(filter);
        Waiting waiting = Waiting.of(positive(timeout));
        Packet.Publish found = waiting.get(deadline -> control.awaitPublished(wanted, deadline));
        if (found == null) {
            throw new AssertionError("nobody has published to '" + wanted + "' within " + waiting
                    + ", or all that was published was returned before; published to were "
                    + named(control.published().stream()
                            .map(Packet.Publish::topic)
                            .toList()));
        }
        return messages(List.of(found)).get(0);
    }

    /** Returns the retained message of a topic; null if there is none. */
    public @Nullable MqttMessage retained(String topic) {
        TopicName.check(requireNonNull(topic, "topic"));
        Packet.Publish message = control.retained(topic);
        return message == null ? null : messages(List.of(message)).get(0);
    }

    /** Returns what clients have subscribed to, with the highest QoS that one was granted. */
    public Map<String, Qos> subscriptions() {
        Map<String, Qos> all = new TreeMap<>();
        for (KnownSession session : control.sessions()) {
            session.subscriptions().forEach((filter, qos) -> all.merge(filter, qos, MqttTestBroker::higher));
        }
        return all;
    }

    private static Qos higher(Qos one, Qos other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Returns the sessions of clients that are connected or may come back, the oldest first. */
    public List<Session> sessions() {
        return control.sessions().stream()
                .map(each -> new Session(each.clientId(), each.connected(), each.subscriptions(), each.waiting()))
                .toList();
    }

    /**
     * Forgets what was published, what is retained, and the sessions of clients that are not connected, without their wills. What an
     * application has received already it has. Faults stay; see {@link #restore}.
     */
    public void clear() {
        control.clear();
    }

    /** Ends all connections as a network does that fails: wills are published, and the applications connect again. */
    public void disconnect() {
        control.disconnect();
    }

    /**
     * Refuses connections; those that are open stay.
     *
     * @param reason 0x80 or above (MQTT 5.0, section 3.2.2.2). A client on MQTT 3.1.1 gets the return code that is closest
     */
    public void refuseConnections(MqttReason reason) {
        control.faults().refuseConnections(failure(reason));
    }

    /**
     * Refuses subscriptions to a topic filter, shared ones too, and to those that match only topics which it matches: as not
     * authorised. Those that are granted stay.
     */
    public void refuse(String filter) {
        control.faults().refuseSubscriptions(filter(filter));
    }

    /**
     * Refuses what clients publish to topics, but not their wills.
     *
     * @param filter what the topics match
     * @param reason 0x80 or above (MQTT 5.0, sections 3.4.2.1 and 3.5.2.1). On MQTT 3.1.1, which has none, a message is acknowledged
     *     and goes nowhere
     */
    public void refusePublish(String filter, MqttReason reason) {
        control.faults().refuseMessages(filter(filter), failure(reason));
    }

    /**
     * Loses the acknowledgements of both sides, PUBACK and PUBCOMP, as a connection does that is about to break: messages of QoS 1
     * come again after the next connect.
     */
    public void dropAcknowledgements() {
        control.faults().dropAcknowledgements();
    }

    /**
     * Has all that the broker sends arrive later, as over a slow network.
     *
     * @param delay not negative
     */
    public void delay(Duration delay) {
        if (requireNonNull(delay, "delay").isNegative()) {
            throw new MqttException("a delay is not negative, as " + delay + " is");
        }
        control.faults().delay(Waiting.nanos(delay));
    }

    /** Ends {@link #refuseConnections}, {@link #refuse}, {@link #refusePublish}, {@link #dropAcknowledgements} and {@link #delay}. */
    public void restore() {
        control.faults().restore();
    }

    /** Names it: {@code memory:house}. */
    @Override
    public String toString() {
        return "memory:" + name;
    }

    private List<MqttMessage> messages(List<Packet.Publish> packets) {
        ReceivedMessages received = new ReceivedMessages(toString(), converters());
        return packets.stream().map(received::message).toList();
    }

    private Converters converters() {
        Converters known = converters;
        if (known == null) {
            known = converter instanceof Converters all ? all : Converters.of(converter);
            converters = known;
        }
        return known;
    }

    private static TopicFilter filter(String filter) {
        return TopicFilter.of(requireNonNull(filter, "filter"));
    }

    private static MqttReason failure(MqttReason reason) {
        if (!requireNonNull(reason, "reason").isFailure()) {
            throw new MqttException("a reason to refuse is 0x80 or above, not " + reason);
        }
        return reason;
    }

    private static Duration positive(Duration timeout) {
        if (requireNonNull(timeout, "timeout").isNegative() || timeout.isZero()) {
            throw new MqttException("a timeout is more than nothing, not " + timeout);
        }
        return timeout;
    }

    private static String named(Collection<String> all) {
        return all.isEmpty() ? "none" : "'" + Printable.of(String.join("', '", all)) + "'";
    }
}
