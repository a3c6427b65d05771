package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.config.ConnectionPrefix;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.session.Session;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.topic.TopicName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection can do what it is asked for, as far as its settings tell. Each check throws an {@link MqttException} that
 * says what to change. Immutable.
 */
final class CallChecks {
    private final String broker;
    private final boolean enabled;
    private final ProtocolVersion version;

    CallChecks(String broker, MqttConfig config) {
        this.broker = broker;
        this.enabled = config.enabled();
        this.version = ProtocolVersion.of(config.protocolVersion());
    }

    boolean enabled() {
        return enabled;
    }

    boolean isMqtt5() {
        return version.hasProperties();
    }

    /** Calls the session; what does not get there fails the stage of the call. */
    <T extends @Nullable Object> CompletionStage<T> call(
            Session session, String name, Supplier<CompletionStage<T>> action) {
        try {
            if (!enabled) {
                throw new MqttException("the connection '" + broker + "' is switched off; " + set("enabled=true"));
            }
            return action.get();
        } catch (MqttException e) {
            CompletableFuture<T> failed = session.stage(name);
            failed.completeExceptionally(e);
            return failed;
        }
    }

    /** For properties that a publish has. */
    void requireSupport(MqttProperties properties) {
        if (!properties.equals(MqttProperties.NONE)) {
            requireMqtt5("publish with properties");
        }
    }

    /** For the retained messages that a subscribe asks for. */
    void requireSupport(Retained retained) {
        if (retained != Retained.SEND) {
            requireMqtt5("subscribe with Retained." + retained);
        }
    }

    void requireMqtt5(String call) {
        if (!isMqtt5()) {
            throw new MqttException(call + " needs MQTT 5: " + set("protocol-version=5"));
        }
    }

    /** For the properties of a request, which says itself where and how it is answered. */
    void requireNoReply(MqttProperties properties) {
        if (properties.responseTopic() != null || properties.correlationData() != null) {
            throw new MqttException(
                    "request sets the response topic and the correlation data itself: leave them out, or"
                            + " use publish and subscribe to the response topic");
        }
    }

    /** For a message that is to be answered. Returns where its answer goes. */
    String responseTopic(MqttMessage request) {
        String topic = Printable.of(request.topic());
        if (!request.broker().equals(broker)) {
            throw new MqttException("the message of '" + topic + "' came on the connection '"
                    + Printable.of(request.broker()) + "', not on '" + broker + "'; reply on that one");
        }
        if (!isMqtt5()) {
            throw new MqttException("the message of '" + topic + "' can't be answered: one of MQTT " + version
                    + " has no response topic; " + set("protocol-version=5"));
        }
        String responseTopic = request.properties().responseTopic();
        if (responseTopic == null) {
            throw new MqttException("the message of '" + topic + "' asks for no reply: it has no response topic");
        }
        try {
            TopicName.check(responseTopic);
        } catch (MqttException e) {
            throw new MqttException(
                    "the message of '" + topic + "' can't be answered at its response " + e.getMessage()
                            + "; its sender must set another",
                    e);
        }
        return responseTopic;
    }

    private String set(String setting) {
        return "set " + ConnectionPrefix.of(broker).prefix() + setting;
    }
}
