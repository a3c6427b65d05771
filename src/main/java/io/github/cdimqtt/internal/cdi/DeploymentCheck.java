package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.internal.client.TopicFilter;
import io.github.cdimqtt.internal.client.TopicTemplate;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.EventMetadata;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what discovery brought to light and makes the plan of it. All that is wrong is told at once: nothing here stops
 * at the first problem.
 */
final class DeploymentCheck {
    private final Discovery discovery;
    private final BeanManager beans;
    private final List<Problem> problems = new ArrayList<>();
    private final ConfigReader reader;
    private final Converters converters;
    private final Map<String, MqttConfig> configs = new LinkedHashMap<>();

    DeploymentCheck(Discovery discovery, BeanManager beans) {
        this.discovery = discovery;
        this.beans = beans;
        this.reader = ConfigReader.ofApplication(problems::add, DeploymentCheck::warn);
        this.converters = new Converters(beans, JsonbConverter.ifPresent());
    }

    private static void warn(Problem problem) {
        System.getLogger("io.github.cdimqtt").log(System.Logger.Level.WARNING, problem.toString());
    }

    /** Returns what is wrong; complete after {@link #plan}. */
    List<Problem> problems() {
        return problems;
    }

    Plan plan() {
        Set<String> toOpen = readConnections();
        for (Discovery.Found found : discovery.observers()) {
            check(found);
        }
        discovery
                .strayVariables()
                .forEach(place -> add(
                        ProblemId.STRAY_INJECTION,
                        place + ": @TopicParam has a value only in an observer of messages; move it to one"));
        discovery
                .strayMessages()
                .forEach(
                        place -> add(
                                ProblemId.STRAY_INJECTION,
                                place
                                        + ": an MqttMessage can be injected only into an observer of messages; observe it instead"));
        List<MessageObserver> valid = discovery.observers().stream()
                .map(Discovery.Found::observer)
                .filter(observer ->
                        observer.plan().templates().size() == observer.topics().size())
                .toList();
        Plan plan = new Plan(valid, discovery.observedEvents(), toOpen, configs, converters, ApplicationName.find());
        toOpen.forEach(broker -> checkShared(broker, plan));
        reader.warnOfUnknownKeys(toOpen);
        return plan;
    }

    /** Reads the connections that are used or configured. */
    private Set<String> readConnections() {
        Set<String> used = new LinkedHashSet<>(discovery.injected());
        used.addAll(discovery.mentioned());
        discovery.observers().stream()
                .map(found -> found.observer().broker())
                .filter(broker -> broker != null)
                .forEach(used::add);
        used.addAll(discovery.produced());
        used.addAll(reader.names(discovery.mentioned()));
        if (reader.isConfigured(MqttBroker.DEFAULT)) {
            used.add(MqttBroker.DEFAULT);
        }
        for (String broker : used) {
            boolean known = broker.equals(MqttBroker.DEFAULT) || reader.isConfigured(broker);
            if (discovery.produced().contains(broker)) {
                continue; // fetched at start
            }
            if (!known) {
                discovery.named().stream()
                        .filter(named -> named.broker().equals(broker))
                        .forEach(named -> add(
                                ProblemId.UNKNOWN_BROKER,
                                named.place() + ": there is no connection '" + broker + "'; set mqtt." + broker
                                        + ".broker-url, or produce an MqttConfig with @MqttBroker(\"" + broker
                                        + "\")"));
                continue;
            }
            MqttConfig config = reader.read(broker);
            if (config != null) {
                configs.put(broker, config);
            }
        }
        return used;
    }

    private void check(Discovery.Found found) {
        MessageObserver observer = found.observer();
        List<TopicTemplate> templates = new ArrayList<>();
        for (MqttTopic topic : observer.topics()) {
            checkFailure(observer, topic);
            TopicTemplate template = template(observer, topic.value());
            if (template != null) {
                templates.add(template);
            }
        }
        List<Handed.Variable> variables = new ArrayList<>();
        for (AnnotatedParameter<?> parameter : found.injected()) {
            TopicParam param = parameter.getAnnotation(TopicParam.class);
            if (param != null) {
                Type type = TopicValues.boxed(parameter.getBaseType());
                variables.add(new Handed.Variable(param.value(), type));
                checkVariable(parameter, param.value(), type, templates);
            } else {
                checkInjected(parameter, observer);
            }
        }
        Type payload = observer.payloadType();
        if (!converters.promise(payload) && payload != Object.class) {
            add(
                    ProblemId.NO_CONVERTER,
                    observer.place() + ": nothing converts a payload to " + payload.getTypeName()
                            + "; add a PayloadConverter bean for it, or JSON-B to the class path");
        }
        observer.plan(new MessageObserver.Plan(List.copyOf(templates), List.copyOf(variables), converters));
    }

    private @Nullable TopicTemplate template(MessageObserver observer, String written) {
        String resolved;
        try {
            resolved = reader.resolve(written);
        } catch (MqttException e) {
            add(ProblemId.UNRESOLVED, "topic filter '" + written + "' on " + observer.place() + ": " + e.getMessage());
            return null;
        }
        try {
            return TopicTemplate.parse(resolved);
        } catch (MqttException e) {
            add(ProblemId.BAD_FILTER, place(observer, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private void checkVariable(AnnotatedParameter<?> parameter, String name, Type type, List<TopicTemplate> templates) {
        String place = Place.of(parameter);
        for (TopicTemplate template : templates) {
            if (!template.names().contains(name)) {
                add(
                        ProblemId.UNKNOWN_VARIABLE,
                        place + ": no variable {" + name + "} in topic filter '" + template.written() + "', which has "
                                + (template.names().isEmpty() ? "none" : String.join(", ", template.names())));
            } else if (!TopicValues.supports(type, isMultiLevel(template, name))) {
                add(
                        ProblemId.BAD_VARIABLE,
                        place + ": {" + name + (isMultiLevel(template, name) ? "#" : "")
                                + "} does not convert to " + Place.name(type) + "; use "
                                + (isMultiLevel(template, name) ? "String" : "String, int, long, UUID or an enum"));
            }
        }
        if (templates.isEmpty()) {
            add(
                    ProblemId.UNKNOWN_VARIABLE,
                    place + ": no variable {" + name + "}, as the observer has no valid @MqttTopic");
        }
    }

    private static boolean isMultiLevel(TopicTemplate template, String name) {
        return template.written().endsWith("{" + name + "#}");
    }

    /** OpenWebBeans does not look at the parameters of replaced observers. */
    private void checkInjected(AnnotatedParameter<?> parameter, MessageObserver observer) {
        if (parameter.getBaseType() == EventMetadata.class) {
            return;
        }
        try {
            beans.validate(ObserverParameter.of(parameter, observer.getDeclaringBean(), beans));
        } catch (RuntimeException e) {
            add(ProblemId.NOT_INJECTABLE, Place.of(parameter) + ": can't be injected: " + e.getMessage());
        }
    }

    private void checkFailure(MessageObserver observer, MqttTopic topic) {
        MqttConfig config = observer.broker() == null ? null : configs.get(observer.broker());
        if (config == null) {
            return;
        }
        if (topic.onFailure() == OnFailure.REDELIVER && config.cleanSession()) {
            add(
                    ProblemId.NO_REDELIVERY,
                    observer.place()
                            + ": onFailure = REDELIVER needs a session that the broker keeps; set clean-session=false"
                            + " and a client-id for the connection '" + observer.broker() + "'");
        }
        if (topic.onFailure() == OnFailure.DEAD_LETTER && config.deadLetterTopic() == null) {
            add(
                    ProblemId.NO_DEAD_LETTER_TOPIC,
                    observer.place() + ": onFailure = DEAD_LETTER needs a place to send to; set dead-letter-topic"
                            + " for the connection '" + observer.broker() + "'");
        }
    }

    private void checkShared(String broker, Plan plan) {
        Map<TopicFilter, Qos> all = plan.subscriptionsOf(broker);
        List<TopicFilter> filters = List.copyOf(all.keySet());
        for (int i = 0; i < filters.size(); i++) {
            for (int j = i + 1; j < filters.size(); j++) {
                if (SharedOverlap.between(filters.get(i), filters.get(j))) {
                    add(
                            ProblemId.SHARED_OVERLAP,
                            "topic filters '" + filters.get(i) + "' and '" + filters.get(j)
                                    + "' of the connection '" + broker + "' overlap: each message would be handled"
                                    + " twice; put one of them on a second connection with @MqttBroker");
                }
            }
        }
    }

    private static String place(MessageObserver observer, String fault) {
        int quoted = fault.indexOf("': ");
        return fault.startsWith("topic filter '") && quoted > 0
                ? fault.substring(0, quoted + 1) + " on " + observer.place() + fault.substring(quoted + 1)
                : observer.place() + ": " + fault;
    }

    private void add(ProblemId id, String text) {
        problems.add(new Problem(id, text));
    }
}
