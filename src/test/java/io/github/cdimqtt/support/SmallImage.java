package io.github.cdimqtt.support;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.extension.MqttExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;

/** An application on a JDK with no modules but those that it needs. */
public final class SmallImage {

    private SmallImage() {}

    /** Injects the connection, so that it is opened. */
    @ApplicationScoped
    public static class Application {
        @Inject
        Mqtt mqtt;

        public String state() {
            return mqtt.isConnected() + " " + mqtt.clientId();
        }
    }

    public static void main(String[] args) {
        System.setProperty("mqtt.broker-url", args[0]);
        System.setProperty("mqtt.client-id", "{app}");
        System.setProperty("mqtt.presence.topic", "status/{host}/{client-id}");
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(MqttExtension.class)
                .addBeanClasses(Application.class)
                .initialize()) {
            System.out.println(container.select(Application.class).get().state());
        }
    }
}
