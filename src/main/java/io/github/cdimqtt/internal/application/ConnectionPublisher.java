package io.github.cdimqtt.internal.application;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.PublishInTransaction;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.Session;
import io.github.cdimqtt.internal.text.Printable;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Publishes on one connection: validates and converts at once, and sends when the transaction of the calling thread lets it.
 * Thread-safe.
 *
 * @param publishings how messages go, for each choice
 */
record ConnectionPublisher(
        CallChecks checks,
        Session session,
        PublishPackets packets,
        Map<PublishInTransaction, Publishing> publishings,
        PublishInTransaction when) {

    /** Returns it with another choice of when to send. */
    ConnectionPublisher when(PublishInTransaction other) {
        return new ConnectionPublisher(checks, session, packets, publishings, requireNonNull(other, "when"));
    }

    CompletionStage<MqttEvent.Published> publish(
            String topic, @Nullable Object payload, Qos qos, boolean retain, MqttProperties properties) {
        requireNonNull(topic, "topic");
        requireNonNull(qos, "qos");
        requireNonNull(properties, "properties");
        return checks.call(session, "publish", () -> {
            Publishing publishing = requireNonNull(publishings.get(when));
            try {
                return send(publishing, topic, payload, qos, retain, properties);
            } catch (MqttException e) {
                publishing.failed();
                throw e;
            }
        });
    }

    private CompletionStage<MqttEvent.Published> send(
            Publishing publishing,
            String topic,
            @Nullable Object payload,
            Qos qos,
            boolean retain,
            MqttProperties properties) {
        checks.requireSupport(properties);
        Packet.Publish message = packets.packet(topic, payload, qos, retain, properties);
        if (qos != Qos.AT_MOST_ONCE) {
            session.begin();
        } else if (!session.hasBegun()) {
            throw new MqttException("a message of QoS 0 to '" + Printable.of(topic) + "' is lost: the connection opens"
                    + " when the application has started; publish with QoS 1, which opens it at once, or observe"
                    + " MqttEvent.Connected");
        }
        return publishing.send(message);
    }

    CompletionStage<MqttEvent.Published> reply(
            MqttMessage request, @Nullable Object payload, MqttProperties properties) {
        requireNonNull(request, "request");
        requireNonNull(properties, "properties");
        return checks.call(session, "reply", () -> {
            String topic = checks.responseTopic(request);
            MqttProperties asked = request.properties();
            MqttProperties.Builder answer = properties.toBuilder().correlationData(asked.correlationData());
            if (properties.expiry() == null) {
                answer.expiry(asked.expiry());
            }
            boolean kept = when == PublishInTransaction.OUTBOX && request.qos() == Qos.AT_MOST_ONCE;
            return publish(topic, payload, kept ? Qos.AT_LEAST_ONCE : request.qos(), false, answer.build());
        });
    }
}
