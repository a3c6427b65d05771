package io.github.cdimqtt.internal.outbox;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message in the outbox. Immutable.
 *
 * @param id in the order of the inserts
 * @param messageId the same in each attempt to send it
 * @param created when it was published, in milliseconds since 1970
 * @param attempts how often the broker has refused it
 */
record OutboxRow(long id, String messageId, Packet.Publish message, long created, int attempts) {
    /** The user property in which a message of MQTT 5 says which one it is. */
    static final String MESSAGE_ID = "message-id";

    /** Returns whether its expiry is over (MQTT 5.0, section 3.3.2.3.3). */
    boolean hasExpired(long now) {
        Duration expiry = message.properties().expiry();
        return expiry != null && now - created >= expiry.toMillis();
    }

    /** Returns the failure of one whose expiry is over. */
    MqttException expired() {
        return new MqttException("expired in the outbox: the message to '" + Printable.of(message.topic())
                + "' is not sent; give it a longer expiry, or none");
    }

    /** Returns it as MQTT 5 sends it now: with its identifier, and what is left of its expiry. */
    Packet.Publish described(long now) {
        MqttProperties properties = message.properties();
        MqttProperties.Builder described = MqttProperties.receivedBuilder()
                .contentType(properties.contentType())
                .responseTopic(properties.responseTopic())
                .correlationData(properties.correlationData())
                .expiry(left(properties.expiry(), now))
                .text(properties.isText());
        properties.user().stream()
                .filter(each -> !each.getKey().equals(MESSAGE_ID)) // of a message that is passed on
                .forEach(each -> described.user(each.getKey(), each.getValue()));
        return new Packet.Publish(
                message.topic(),
                message.payload(),
                message.qos(),
                message.retain(),
                described.user(MESSAGE_ID, messageId).build());
    }

    /** In whole seconds, as MQTT has it; a clock that was set back adds nothing. */
    private @Nullable Duration left(@Nullable Duration expiry, long now) {
        return expiry == null
                ? null
                : Duration.ofSeconds(Math.max(1, expiry.toSeconds() - Math.max(0, now - created) / 1000));
    }
}
