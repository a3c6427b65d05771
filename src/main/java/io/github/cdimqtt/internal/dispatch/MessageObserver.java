package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.convert.TopicValues;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.topic.TopicTemplate;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for an observer of messages: it observes {@link MqttMessage} whatever the observer does, tells whether a
 * message is meant for it, converts payload and topic variables, and calls it.
 */
public final class MessageObserver extends ObserverWrapper<MqttMessage> {

    /** What the deployment made of the observer. */
    public record Plan(List<TopicTemplate> templates, List<CurrentMessage.Variable> variables, Converters converters) {}

    private final List<MqttTopic> topics;
    private final Set<Annotation> qualifiers;
    private final @Nullable String broker;
    private final boolean brokerIsWritten;
    private final CurrentMessage handed;
    private volatile @Nullable Plan plan;

    public MessageObserver(
            ObserverMethod<?> observer, String place, boolean any, ObserverIsolation isolation, CurrentMessage handed) {
        super(observer, place, isolation);
        this.topics = all(observer, MqttTopic.class);
        List<MqttBroker> brokers = all(observer, MqttBroker.class);
        this.brokerIsWritten = !brokers.isEmpty();
        this.broker = brokerIsWritten ? brokers.get(0).value() : any ? null : MqttBroker.DEFAULT;
        this.qualifiers = topics.size() > 1
                ? observer.getObservedQualifiers().stream()
                        .filter(qualifier -> !(qualifier instanceof MqttTopic))
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : observer.getObservedQualifiers();
        this.handed = handed;
    }

    private static <A extends Annotation> List<A> all(ObserverMethod<?> observer, Class<A> type) {
        return observer.getObservedQualifiers().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Returns the filters on it, as they are written. */
    public List<MqttTopic> topics() {
        return topics;
    }

    /** Tells whether it hears messages of a connection. */
    public boolean hears(String broker) {
        return this.broker == null || this.broker.equals(broker);
    }

    /** Returns the connection that it names or means; null for every one. */
    @Nullable
    public String broker() {
        return broker;
    }

    /** Returns what the observer itself observes. */
    public Type payloadType() {
        return observer.getObservedType();
    }

    public String place() {
        return place;
    }

    /** Completes it, once all is checked. */
    public void plan(Plan plan) {
        this.plan = plan;
    }

    public Plan plan() {
        Plan made = plan;
        if (made == null) {
            throw new IllegalStateException(place + " cannot hear messages before the deployment is validated");
        }
        return made;
    }

    @Override
    public Type getObservedType() {
        return MqttMessage.class;
    }

    @Override
    public Set<Annotation> getObservedQualifiers() {
        return qualifiers;
    }

    @Override
    public void notify(EventContext<MqttMessage> context) {
        MqttMessage message = context.getEvent();
        Dispatch firing = isolation.current() instanceof Dispatch ours && ours.message() == message ? ours : null;
        if (firing == null ? isFiredAt(context.getMetadata()) : hears(message.broker()) && isMatched(firing)) {
            isolation.call(place, () -> hand(message, firing, context.getMetadata()));
        }
    }

    /** With several topics it hears all messages of its connection, and picks those that match one of them. */
    private boolean isMatched(Dispatch firing) {
        return topics.size() < 2 && !firing.isForSome() || firing.matches(this);
    }

    private boolean isFiredAt(EventMetadata metadata) {
        Set<Annotation> fired = metadata.getQualifiers();
        boolean ofMyTopics = topics.size() < 2
                || fired.stream()
                        .anyMatch(qualifier -> qualifier instanceof MqttTopic topic
                                && topics.stream().anyMatch(each -> each.value().equals(topic.value())));
        return ofMyTopics
                && (brokerIsWritten
                        || broker == null
                        || fired.stream()
                                .noneMatch(
                                        qualifier -> qualifier instanceof MqttBroker named && !hears(named.value())));
    }

    private void hand(MqttMessage message, @Nullable Dispatch firing, EventMetadata metadata) throws Exception {
        MqttMessage own = withParams(firing == null ? withConverters(message) : message);
        Map<CurrentMessage.Variable, Object> variables = variables(own);
        Object payload = payload(own, firing);
        handed.with(own, variables, () -> hand(new HandedEvent<>(payload, metadata)));
    }

    /** One that was made by hand reads what the application reads. */
    private MqttMessage withConverters(MqttMessage message) {
        return message.toBuilder().converter(plan().converters()).build();
    }

    private MqttMessage withParams(MqttMessage message) {
        for (TopicTemplate template : plan().templates()) {
            if (!template.names().isEmpty() && template.filter().matches(message.topic())) {
                return message.toBuilder()
                        .params(template.params(message.topic()))
                        .build();
            }
        }
        return message;
    }

    private Map<CurrentMessage.Variable, Object> variables(MqttMessage message) {
        if (plan().variables().isEmpty()) {
            return Map.of();
        }
        Map<CurrentMessage.Variable, Object> values = new HashMap<>();
        for (CurrentMessage.Variable variable : plan().variables()) {
            String text = message.param(variable.name());
            if (text == null) { // only of a message that was fired by hand
                throw new MqttException(place + ": {" + variable.name() + "} has no value in a message on '"
                        + Printable.of(message.topic()) + "'; fire one on a topic that matches, or give it the param '"
                        + variable.name() + "'");
            }
            values.put(variable, TopicValues.read(variable.name(), text, variable.type()));
        }
        return values;
    }

    private Object payload(MqttMessage own, @Nullable Dispatch firing) {
        Type type = payloadType();
        if (type == MqttMessage.class || type == Object.class) {
            return own;
        }
        return firing == null ? plan().converters().read(own, type) : firing.converted(type);
    }

    private record HandedEvent<T>(T event, EventMetadata metadata) implements EventContext<T> {
        @Override
        public T getEvent() {
            return event;
        }

        @Override
        public EventMetadata getMetadata() {
            return metadata;
        }
    }
}
