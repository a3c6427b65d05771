package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.config.ApplicationName;
import io.github.cdimqtt.internal.config.ConfigReader;
import io.github.cdimqtt.internal.convert.ApplicationJson;
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
import java.util.List;
import java.util.Set;
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
        Converters converters = new Converters(beanLookup, json());
        validateConverters(converters);
        ConnectionValidator connections = new ConnectionValidator(found, beanLookup, reader, problems);
        Set<String> toOpen = connections.validate();
        ObserverValidator observers = new ObserverValidator(
                reader::resolve, connections.configs(), converters, converters::promise, problems);
        List<MessageObserver> bound = new ArrayList<>();
        for (FoundObserver each : found.observers()) {
            ObserverBinding binding = observers.validate(each);
            if (binding != null) {
                each.observer().bind(binding);
                bound.add(each.observer());
            }
        }
        if (!found.codeIsValid()) {
            CodeValidator.validate(found, problems);
        }
        TestBrokerValidator.validate(found, connections.configs(), problems);
        DeploymentPlan plan = new DeploymentPlan(
                List.copyOf(bound),
                found.observedEvents(),
                toOpen,
                connections.configs(),
                converters,
                beanLookup.hasRequestScoped() || found.observesRequestScope(),
                ApplicationName.find(found.applicationClass(), reader));
        toOpen.forEach(broker -> SharedOverlapValidator.validate(broker, plan.observersOf(broker), problems));
        connections.configs().forEach((broker, config) -> {
            warnOfNoRedelivery(broker, config, plan);
            warnOfAbandonedShares(broker, config, plan);
        });
        beanLookup.brokersWith(MqttConfig.class).forEach(reader::warnOfReplacedKeys);
        reader.warnOfUnknownKeys(toOpen);
        return plan;
    }

    private @Nullable PayloadConverter<Object> json() {
        try {
            return ApplicationJson.converter(beanLookup);
        } catch (AmbiguousResolutionException e) {
            problems.add(
                    MessageId.AMBIGUOUS_JSON,
                    "there is more than one Jsonb, JsonbConfig or ObjectMapper bean to read and write JSON with; give all"
                            + " but one a qualifier");
        } catch (UnproxyableResolutionException e) {
            problems.add(MessageId.UNPROXYABLE, String.valueOf(e.getMessage()));
        }
        return JsonbConverter.ifPresent();
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
}
