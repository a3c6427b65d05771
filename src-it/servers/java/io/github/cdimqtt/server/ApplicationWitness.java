package io.github.cdimqtt.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.broker.RawClient;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A client that each test has for itself: asks the application by messages, and records its answers. */
final class ApplicationWitness implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
    private static final String ANSWERS = "reported/#";

    private RawClient client;

    /** One that is there until it is closed. */
    static ApplicationWitness connect() {
        ApplicationWitness witness = new ApplicationWitness();
        witness.client = RawClient.connect(Broker.url()).observe(ANSWERS);
        return witness;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        client = RawClient.connect(Broker.url()).observe(ANSWERS);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        close();
    }

    @Override
    public void close() {
        client.close();
    }

    /** Publishes text with QoS 1. */
    void publish(String topic, String text) {
        client.publish(topic, text);
    }

    /** Publishes text with QoS 1, retained; an empty one ends that. */
    void retain(String topic, String text) {
        client.publish(topic, text.getBytes(UTF_8), 1, true);
    }

    /** The texts recorded so far on this topic, in order of arrival. */
    List<String> texts(String topic) {
        return client.texts(topic);
    }
}
