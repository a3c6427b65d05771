package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.convert.JsonbConverter;
import io.github.cdimqtt.internal.convert.TopicValues;
import io.github.cdimqtt.internal.convert.TypeVariables;
import io.github.cdimqtt.internal.dispatch.CurrentMessage;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.dispatch.ObserverBinding;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problems;
import io.github.cdimqtt.internal.text.TextType;
import io.github.cdimqtt.internal.text.TypeName;
import io.github.cdimqtt.internal.topic.TopicTemplate;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Validates observers of messages and makes the binding of each: topics, topic variables, payload, failure. Not thread-safe. */
final class ObserverValidator {
    private final Function<String, @Nullable String> expressions;
    private final Map<String, MqttConfig> configs;
    private final Converters converters;
    private final Predicate<Type> convertible;
    private final Problems problems;

    /**
     * Creates it.
     *
     * @param expressions resolves those of a topic filter; to null where their values are not known yet
     * @param converters those to bind observers to
     * @param convertible whether there may be a converter for a type
     */
    ObserverValidator(
            Function<String, @Nullable String> expressions,
            Map<String, MqttConfig> configs,
            Converters converters,
            Predicate<Type> convertible,
            Problems problems) {
        this.expressions = expressions;
        this.configs = configs;
        this.converters = converters;
        this.convertible = convertible;
        this.problems = problems;
    }

    /** Returns what an observer is to be bound to; null if one of its topics is wrong, or not known yet. */
    @Nullable
    ObserverBinding validate(FoundObserver found) {
        MessageObserver observer = found.observer();
        List<TopicTemplate> templates = new ArrayList<>();
        for (MqttTopic topic : observer.topics()) {
            TopicTemplate template = template(observer, topic.value());
            if (template != null) {
                templates.add(template);
            }
        }
        List<CurrentMessage.Variable> variables = new ArrayList<>();
        for (InjectedParameter parameter : found.injected()) {
            String variable = parameter.variable();
            if (variable != null) {
                variables.add(new CurrentMessage.Variable(variable, TextType.boxed(parameter.type())));
                validateVariable(parameter, variable, observer, templates);
            }
            String fault = parameter.fault().get();
            if (fault != null) {
                problems.add(MessageId.NOT_INJECTABLE, parameter.location() + ": " + fault);
            }
        }
        validatePayload(observer);
        validateConnections(observer);
        return templates.size() < observer.topics().size()
                ? null
                : new ObserverBinding(List.copyOf(templates), List.copyOf(variables), converters);
    }

    private @Nullable TopicTemplate template(MessageObserver observer, String written) {
        @Nullable String resolved;
        try {
            resolved = expressions.apply(written);
        } catch (MqttException e) {
            problems.add(
                    MessageId.UNRESOLVED,
                    "topic filter '" + written + "' on " + observer.location() + ": " + e.getMessage());
            return null;
        }
        try {
            return resolved == null ? null : TopicTemplate.parse(resolved);
        } catch (MqttException e) {
            problems.add(MessageId.BAD_FILTER, withLocation(observer, String.valueOf(e.getMessage())));
            return null;
        }
    }

    /** Inserts the location behind the filter in {@code topic filter '...': fault}. */
    private static String withLocation(MessageObserver observer, String fault) {
        int quoted = fault.lastIndexOf("': ");
        return fault.startsWith("topic filter '") && quoted > 0
                ? fault.substring(0, quoted + 1) + " on " + observer.location() + fault.substring(quoted + 1)
                : observer.location() + ": " + fault;
    }

    private void validateVariable(
            InjectedParameter parameter, String name, MessageObserver observer, List<TopicTemplate> templates) {
        String location = parameter.location();
        Type type = parameter.type();
        if (observer.topics().isEmpty()) {
            problems.add(
                    MessageId.UNKNOWN_VARIABLE,
                    location + ": {" + name + "} has no value without a topic filter; add @MqttTopic with {" + name
                            + "} in it to what is observed");
        }
        for (TopicTemplate template : templates) {
            boolean rest = template.written().endsWith("{" + name + "#}");
            if (!template.names().contains(name)) {
                String others =
                        template.names().isEmpty() ? "" : ", but {" + String.join("}, {", template.names()) + "}";
                problems.add(
                        MessageId.UNKNOWN_VARIABLE,
                        location + ": topic filter '" + template.written() + "' has no {" + name + "}" + others
                                + "; write {" + name + "} for one of its levels");
            } else if (!TopicValues.supports(type, rest)) {
                problems.add(
                        MessageId.BAD_VARIABLE,
                        location + ": {" + name + (rest ? "#" : "") + "} does not convert to "
                                + TypeName.of(type).replace("? extends Object", "?") + "; use "
                                + (rest ? "String" : "String, a number, boolean, UUID, an enum or a java.time type"));
            }
        }
    }

    private void validatePayload(MessageObserver observer) {
        Type payload = observer.payloadType();
        if (UnreachableObserverValidator.isEvent(payload)) {
            return; // reported there
        }
        if (TypeVariables.isOpen(payload)) {
            problems.add(
                    MessageId.NO_CONVERTER,
                    observer.location() + ": what " + TypeName.of(payload)
                            + " stands for is not known; observe a class," + " or extend "
                            + observer.getBeanClass().getSimpleName() + " with one in a bean");
        } else if (payload != Object.class && !convertible.test(payload)) {
            problems.add(
                    MessageId.NO_CONVERTER,
                    observer.location() + ": nothing converts a payload to " + TypeName.of(payload)
                            + (converters.hasJson()
                                    ? ", not even JSON-B; observe another type, or add a PayloadConverter bean for it"
                                    : "; add a PayloadConverter bean for it, or " + JsonbConverter.missing()));
        }
    }

    /** Validates that the connections that it observes can do what it asks for. */
    private void validateConnections(MessageObserver observer) {
        OnFailureValidator failures = new OnFailureValidator(problems::add);
        VersionValidator versions = new VersionValidator(problems::add);
        configs.forEach((broker, config) -> {
            if (observer.observes(broker)) {
                failures.validate(observer, broker, config);
                versions.validate(observer, broker, config);
            }
        });
    }
}
