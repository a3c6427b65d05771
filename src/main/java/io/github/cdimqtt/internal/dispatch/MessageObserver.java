package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
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
 * Wraps an observer of messages. The wrapper always observes {@link MqttMessage}; it filters messages, converts the payload
 * and the topic variables, and calls the observer. Thread-safe once it is bound.
 */
public final class MessageObserver extends ObserverWrapper<MqttMessage> {

    private final List<MqttTopic> topics;
    private final Set<Annotation> qualifiers;
    private final @Nullable String broker;
    private final boolean brokerIsWritten;
    private final CurrentMessage currentMessage;
    private volatile @Nullable ObserverBinding binding;

    public MessageObserver(
            ObserverMethod<?> observer,
            String location,
            boolean any,
            ObserverIsolation isolation,
            CurrentMessage currentMessage) {
        super(observer, location, isolation);
        this.topics = all(observer, MqttTopic.class);
        List<MqttBroker> brokers = all(observer, MqttBroker.class);
        this.brokerIsWritten = !brokers.isEmpty();
        this.broker = brokerIsWritten ? brokers.get(0).value() : any ? null : MqttBroker.DEFAULT;
        this.qualifiers = topics.size() > 1
                ? observer.getObservedQualifiers().stream()
                        .filter(qualifier -> !(qualifier instanceof MqttTopic))
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : observer.getObservedQualifiers();
        this.currentMessage = currentMessage;
    }

    private static <A extends Annotation> List<A> all(ObserverMethod<?> observer, Class<A> type) {
        return observer.getObservedQualifiers().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Returns its topics, as they are written on it. */
    public List<MqttTopic> topics() {
        return topics;
    }

    /** Returns whether it observes the messages of a connection. */
    public boolean observes(String broker) {
        return this.broker == null || this.broker.equals(broker);
    }

    /** Returns the name of the connection that it observes; null for all of them. */
    @Nullable
    public String broker() {
        return broker;
    }

    /** Returns the type that the wrapped observer observes. */
    public Type payloadType() {
        return observer.getObservedType();
    }

    public String location() {
        return location;
    }

    /** Binds it, once it is validated. */
    public void bind(ObserverBinding binding) {
        this.binding = binding;
    }

    /** Returns its binding. */
    public ObserverBinding binding() {
        ObserverBinding made = binding;
        if (made == null) {
            throw new IllegalStateException(location + " cannot receive messages before the deployment is validated");
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
        Dispatch dispatch =
                isolation.current() instanceof Dispatch current && current.message() == message ? current : null;
        boolean observed = dispatch == null
                ? matchesFired(context.getMetadata())
                : observes(message.broker()) && matchesDispatched(dispatch);
        if (observed) {
            isolation.call(location, () -> deliver(message, dispatch, context.getMetadata()));
        }
    }

    /** With several topics it receives all messages of its connection, and filters them itself. */
    private boolean matchesDispatched(Dispatch dispatch) {
        return topics.size() < 2 && !dispatch.isForMatchedOnly() || dispatch.matches(this);
    }

    /** Returns whether an event that the application fired is for it. */
    private boolean matchesFired(EventMetadata metadata) {
        Set<Annotation> fired = metadata.getQualifiers();
        boolean ofMyTopics = topics.size() < 2
                || fired.stream()
                        .anyMatch(qualifier -> qualifier instanceof MqttTopic topic
                                && topics.stream().anyMatch(each -> each.value().equals(topic.value())));
        return ofMyTopics
                && (brokerIsWritten
                        || broker == null
                        || fired.stream()
                                .noneMatch(qualifier ->
                                        qualifier instanceof MqttBroker named && !observes(named.value())));
    }

    private void deliver(MqttMessage message, @Nullable Dispatch dispatch, EventMetadata metadata) throws Exception {
        MqttMessage own = withParams(dispatch == null ? withConverters(message) : message);
        Map<CurrentMessage.Variable, Object> variables = variables(own);
        Object payload = payload(own, dispatch);
        currentMessage.run(own, variables, () -> callObserver(new ConvertedEvent<>(payload, metadata)));
    }

    /** A message that the application made has the built-in converter only. */
    private MqttMessage withConverters(MqttMessage message) {
        return message.toBuilder().converter(binding().converters()).build();
    }

    private MqttMessage withParams(MqttMessage message) {
        for (TopicTemplate template : binding().templates()) {
            if (!template.names().isEmpty() && template.filter().matches(message.topic())) {
                return message.toBuilder()
                        .params(template.params(message.topic()))
                        .build();
            }
        }
        return message;
    }

    private Map<CurrentMessage.Variable, Object> variables(MqttMessage message) {
        if (binding().variables().isEmpty()) {
            return Map.of();
        }
        Map<CurrentMessage.Variable, Object> values = new HashMap<>();
        for (CurrentMessage.Variable variable : binding().variables()) {
            String text = message.param(variable.name());
            if (text == null) { // only of a message that the application fired
                throw new MqttException(location + ": {" + variable.name() + "} has no value in a message on '"
                        + Printable.of(message.topic()) + "'; fire one on a topic that matches, or give it the param '"
                        + variable.name() + "'");
            }
            values.put(variable, TopicValues.read(variable.name(), text, variable.type()));
        }
        return values;
    }

    private Object payload(MqttMessage own, @Nullable Dispatch dispatch) {
        Type type = payloadType();
        if (type == MqttMessage.class || type == Object.class) {
            return own;
        }
        return dispatch == null ? binding().converters().read(own, type) : dispatch.payload(type);
    }

    private record ConvertedEvent<T>(T event, EventMetadata metadata) implements EventContext<T> {
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
