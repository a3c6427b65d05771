package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.internal.application.Connections;
import io.github.cdimqtt.internal.config.ConfigReader;
import io.github.cdimqtt.internal.dispatch.CurrentMessage;
import io.github.cdimqtt.internal.observability.HealthChecks;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.configurator.BeanConfigurator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The beans that cdi-mqtt offers: {@link Mqtt} and {@link MqttTestBroker} for each connection, topic variables and the message
 * for observers that have them injected, and health checks. Not thread-safe.
 */
final class MqttBeans {
    private final InjectionPoints injectionPoints;
    private final CurrentMessage currentMessage;
    private final Supplier<Connections> connections;

    MqttBeans(InjectionPoints injectionPoints, CurrentMessage currentMessage, Supplier<Connections> connections) {
        this.injectionPoints = injectionPoints;
        this.currentMessage = currentMessage;
        this.connections = connections;
    }

    void register(AfterBeanDiscovery event) {
        Set<String> brokers = new LinkedHashSet<>(injectionPoints.brokersToInject());
        ConfigReader reader = ConfigReader.ofApplication(reportedLater -> {});
        brokers.addAll(reader.names(brokers)); // they may be selected by name
        brokers.forEach(broker -> {
            registerMqtt(event, broker);
            registerTestBroker(event, broker);
        });
        injectionPoints.variables().forEach(variable -> registerVariable(event, variable));
        registerMessage(event);
        HealthChecks health = HealthChecks.ifPresent();
        if (health != null) {
            brokers.forEach(broker -> registerHealthCheck(event, health, broker));
        }
    }

    private void registerMqtt(AfterBeanDiscovery event, String broker) {
        BeanConfigurator<Mqtt> bean = event.<Mqtt>addBean()
                .id("io.github.cdimqtt.Mqtt/" + broker)
                .beanClass(Mqtt.class) // OpenWebBeans makes the client proxy of it
                .types(Mqtt.class, Object.class)
                .qualifiers(MqttBroker.Literal.of(broker), Any.Literal.INSTANCE)
                .scope(ApplicationScoped.class)
                .createWith(context -> connections.get().get(broker));
        if (broker.equals(MqttBroker.DEFAULT)) {
            bean.addQualifier(Default.Literal.INSTANCE);
        }
    }

    private void registerTestBroker(AfterBeanDiscovery event, String broker) {
        BeanConfigurator<MqttTestBroker> bean = event.<MqttTestBroker>addBean()
                .id("io.github.cdimqtt.testing.MqttTestBroker/" + broker)
                .beanClass(PortableExtension.class)
                .types(MqttTestBroker.class, Object.class)
                .qualifiers(MqttBroker.Literal.of(broker), Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .createWith(context -> testBroker(connections.get(), broker));
        if (broker.equals(MqttBroker.DEFAULT)) {
            bean.addQualifier(Default.Literal.INSTANCE);
        }
    }

    private static MqttTestBroker testBroker(Connections all, String broker) {
        return MqttTestBroker.named(all.testBroker(broker)).converting(all.converters());
    }

    private void registerHealthCheck(AfterBeanDiscovery event, HealthChecks health, String broker) {
        event.addBean()
                .id("io.github.cdimqtt.HealthCheck/" + broker)
                .beanClass(PortableExtension.class)
                .types(health.type(), Object.class)
                .qualifiers(health.qualifier(), Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .createWith(context ->
                        health.check(broker, name -> connections.get().readiness(name)));
    }

    private void registerVariable(AfterBeanDiscovery event, CurrentMessage.Variable variable) {
        event.addBean()
                .id("io.github.cdimqtt.TopicParam/" + variable)
                .beanClass(PortableExtension.class)
                .types(variable.type(), Object.class)
                .qualifiers(TopicParam.Literal.of(variable.name()), Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .createWith(context -> currentMessage.variable(variable));
    }

    private void registerMessage(AfterBeanDiscovery event) {
        event.<MqttMessage>addBean()
                .id("io.github.cdimqtt.MqttMessage")
                .beanClass(PortableExtension.class)
                .types(MqttMessage.class, Object.class)
                .qualifiers(Default.Literal.INSTANCE, Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .createWith(context -> currentMessage.message());
    }
}
