package io.github.cdimqtt.internal.deployment;

import static java.util.Comparator.naturalOrder;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.config.ApplicationName;
import io.github.cdimqtt.internal.config.ConfigReader;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.convert.JsonbConverter;
import io.github.cdimqtt.internal.deployment.DeploymentPlan.Subscription;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.dispatch.ObserverBinding;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problem;
import io.github.cdimqtt.internal.reporting.Problems;
import io.github.cdimqtt.internal.text.TypeName;
import io.github.cdimqtt.internal.topic.TopicFilter;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.UnproxyableResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Validates what discovery found and makes the deployment plan. Reports all problems together: nothing here stops at the
 * first one. Not thread-safe.
 */
public final class DeploymentPlanner {
    private final Discovered found;
    private final BeanLookup beanLookup;
    private final Problems problems = new Problems();

    public DeploymentPlanner(Discovered found, BeanLookup beanLookup) {
        this.found = found;
        this.beanLookup = beanLookup;
    }

    /** Returns all problems; complete after {@link #plan}. */
    public List<Problem> problems() {
        return problems.all();
    }

    public DeploymentPlan plan() {
        ConfigReader reader = ConfigReader.ofApplication(problems::add);
        Converters converters = new Converters(beanLookup, jsonb());
        validateConverters(converters);
        ConnectionValidator connections = new ConnectionValidator(found, beanLookup, reader, problems);
        Set<String> toOpen = connections.validate();
        ObserverValidator observers = new ObserverValidator(reader, connections.configs(), converters, problems);
        List<MessageObserver> bound = new ArrayList<>();
        for (FoundObserver each : found.observers()) {
            ObserverBinding binding = observers.validate(each);
            if (binding != null) {
                each.observer().bind(binding);
                bound.add(each.observer());
            }
        }
        UnreachableObserverValidator reach = new UnreachableObserverValidator(problems);
        found.observers().forEach(each -> reach.validate(each.observer()));
        found.others().forEach(reach::validate);
        StrayAnnotationValidator.validate(found, problems);
        reportStrays();
        TestBrokerValidator.validate(found, connections.configs(), problems);
        DeploymentPlan plan = new DeploymentPlan(
                List.copyOf(bound),
                found.observedEvents(),
                toOpen,
                connections.configs(),
                converters,
                beanLookup.hasRequestScoped() || found.observesRequestScope(),
                ApplicationName.find(found.applicationClass()));
        toOpen.forEach(broker -> validateShared(broker, plan));
        connections.configs().forEach((broker, config) -> {
            warnOfNoRedelivery(broker, config, plan);
            warnOfAbandonedShares(broker, config, plan);
        });
        beanLookup.brokersWith(MqttConfig.class).forEach(reader::warnOfReplacedKeys);
        reader.warnOfUnknownKeys(toOpen);
        return plan;
    }

    private @Nullable PayloadConverter<Object> jsonb() {
        try {
            return JsonbConverter.ifPresent(beanLookup);
        } catch (AmbiguousResolutionException e) {
            problems.add(
                    MessageId.AMBIGUOUS_JSONB,
                    "there is more than one Jsonb or JsonbConfig bean to read and write JSON with; give all but one a"
                            + " qualifier");
            return JsonbConverter.ifPresent();
        } catch (UnproxyableResolutionException e) {
            problems.add(MessageId.UNPROXYABLE, String.valueOf(e.getMessage()));
            return JsonbConverter.ifPresent();
        }
    }

    private void validateConverters(Converters converters) {
        converters.unproxyable().forEach(fault -> problems.add(MessageId.UNPROXYABLE, fault));
        for (Bean<?> bean : converters.neverAsked()) {
            problems.add(
                    MessageId.NEVER_ASKED,
                    TypeName.of(bean.getBeanClass())
                            + ": bytes and messages are never converted, so this PayloadConverter"
                            + " is never asked; let it convert to a type of your own");
        }
    }

    private void reportStrays() {
        for (String location : found.strayVariables()) {
            problems.add(
                    MessageId.STRAY_INJECTION,
                    location + ": @TopicParam has a value only in an observer of messages; move it to one");
        }
        for (String location : found.strayMessages()) {
            problems.add(
                    MessageId.STRAY_INJECTION,
                    location
                            + ": an MqttMessage can be injected only into an observer of messages; observe it instead");
        }
    }

    private void warnOfNoRedelivery(String broker, MqttConfig config, DeploymentPlan plan) {
        Collection<Subscription> requested = plan.subscriptionsOf(broker).values();
        if (config.onFailure() == OnFailure.REDELIVER
                && !requested.isEmpty()
                && requested.stream().allMatch(each -> each.qos() == Qos.AT_MOST_ONCE)) {
            problems.add(
                    MessageId.NO_EFFECT,
                    "on-failure=redeliver of the connection '" + broker
                            + "' has no effect, as all observers ask for QoS"
                            + " 0, which no broker sends again; ask for qos = AT_LEAST_ONCE");
        }
    }

    /** While the broker keeps the session of an instance that is gone for good, it goes on giving it a share. */
    private void warnOfAbandonedShares(String broker, MqttConfig config, DeploymentPlan plan) {
        List<String> shared = plan.subscriptionsOf(broker).keySet().stream()
                .map(TopicFilter::toString)
                .filter(filter -> filter.startsWith("$share/"))
                .sorted()
                .toList();
        if (config.sessionExpiry().equals(MqttConfig.NEVER) && !shared.isEmpty()) {
            problems.add(
                    MessageId.ABANDONED_SHARE,
                    "'" + String.join("', '", shared) + "' on the connection '" + broker + "': with "
                            + (config.cleanSession() ? "session-expiry=never" : "clean-session=false")
                            + " a broker may go on giving an instance that is gone for good its share, which nobody handles; "
                            + (config.protocolVersion().equals("5")
                                    ? "set session-expiry to a time for it"
                                    : "set clean-session=true for it, or have the broker expire sessions and end those of"
                                            + " instances that are removed"));
        }
    }

    private void validateShared(String broker, DeploymentPlan plan) {
        Map<TopicFilter, String> described = new LinkedHashMap<>();
        for (MessageObserver observer : plan.observersOf(broker)) {
            for (int i = 0; i < observer.topics().size(); i++) {
                TopicFilter filter = observer.binding().templates().get(i).filter();
                String text = "'" + observer.topics().get(i).value() + "' on " + observer.location();
                described.merge(filter, text, BinaryOperator.minBy(naturalOrder())); // the same one in every run
            }
        }
        List<TopicFilter> filters = List.copyOf(described.keySet());
        if (filters.stream().allMatch(each -> each.shareGroup() == null)) {
            return; // 1,000 filters have 500,000 pairs
        }
        for (int i = 0; i < filters.size(); i++) {
            for (int j = i + 1; j < filters.size(); j++) {
                if (filters.get(i).overlapsShared(filters.get(j))) {
                    List<String> both = List.of(described.get(filters.get(i)), described.get(filters.get(j)));
                    problems.add(
                            MessageId.SHARED_OVERLAP,
                            "topic filters "
                                    + String.join(
                                            " and ", both.stream().sorted().toList())
                                    + " overlap: on one connection, '" + broker + "', each message would be handled"
                                    + " twice; put one of them on a second connection with @MqttBroker");
                }
            }
        }
    }
}
