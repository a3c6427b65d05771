package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.config.ApplicationName;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The outcome of a valid deployment: what the application observes and which connections it has. Immutable.
 *
 * @param observers all observers of messages, bound
 * @param observedEvents the types of events that have an observer
 * @param toOpen the names of the connections to open at start
 * @param configs the settings that were read from keys, by name of the connection
 * @param converters all converters
 * @param usesRequestScope whether the application has beans of the request scope, or observes its beginning or end
 * @param application the name that replaces {@code {app}} in client ids and topics
 */
public record DeploymentPlan(
        List<MessageObserver> observers,
        Set<Class<?>> observedEvents,
        Set<String> toOpen,
        Map<String, MqttConfig> configs,
        Converters converters,
        boolean usesRequestScope,
        ApplicationName application) {

    public List<MessageObserver> observersOf(String broker) {
        return observers.stream().filter(observer -> observer.observes(broker)).toList();
    }

    /**
     * What the observers of a topic filter ask for.
     *
     * @param qos the highest of them
     * @param retained the most generous of them
     */
    public record Subscription(Qos qos, Retained retained) {
        private static Subscription of(MqttTopic topic) {
            return new Subscription(topic.qos(), topic.retained());
        }

        private Subscription and(Subscription other) {
            return new Subscription(
                    qos.compareTo(other.qos) >= 0 ? qos : other.qos,
                    retained.compareTo(other.retained) <= 0 ? retained : other.retained);
        }
    }

    /** Returns the topic filters that the observers of a connection subscribe to. */
    public Map<TopicFilter, Subscription> subscriptionsOf(String broker) {
        Map<TopicFilter, Subscription> all = new LinkedHashMap<>();
        for (MessageObserver observer : observersOf(broker)) {
            for (int i = 0; i < observer.topics().size(); i++) {
                all.merge(
                        observer.binding().templates().get(i).filter(),
                        Subscription.of(observer.topics().get(i)),
                        Subscription::and);
            }
        }
        return all;
    }
}
