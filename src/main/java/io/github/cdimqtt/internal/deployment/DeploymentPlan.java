package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.config.ApplicationName;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a deployment came to: read-only from the moment that it is found valid.
 *
 * @param observers all observers of messages, with their plans
 * @param observedEvents the types of events that anyone observes
 * @param toOpen the names of the connections to open at start
 * @param configs what was configured by keys, by name of the connection
 * @param converters all converters
 * @param application what {@code {app}} stands for in client ids and topics
 */
public record DeploymentPlan(
        List<MessageObserver> observers,
        Set<Class<?>> observedEvents,
        Set<String> toOpen,
        Map<String, MqttConfig> configs,
        Converters converters,
        ApplicationName application) {

    public List<MessageObserver> observersOf(String broker) {
        return observers.stream().filter(observer -> observer.observes(broker)).toList();
    }

    /** Returns what the observers of a connection subscribe, each filter with the highest QoS. */
    public Map<TopicFilter, Qos> subscriptionsOf(String broker) {
        Map<TopicFilter, Qos> all = new LinkedHashMap<>();
        for (MessageObserver observer : observersOf(broker)) {
            for (int i = 0; i < observer.topics().size(); i++) {
                all.merge(
                        observer.binding().templates().get(i).filter(),
                        observer.topics().get(i).qos(),
                        (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
        }
        return all;
    }
}
