package io.github.cdimqtt.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import io.github.cdimqtt.broker.TestBroker;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** HiveMQ's client for Java. */
final class HiveMqClient implements OtherClient {
    private static final long SECONDS = 20;

    private final List<TestMessage> received = new CopyOnWriteArrayList<>();
    private final Mqtt5AsyncClient client;

    HiveMqClient(TestBroker broker) {
        client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("hivemq-" + UUID.randomUUID().toString().substring(0, 8))
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, publish -> received.add(message(publish)));
        get(client.connect());
    }

    @Override
    public void subscribe(String filter) {
        get(client.subscribeWith().topicFilter(filter).qos(MqttQos.EXACTLY_ONCE).send());
    }

    @Override
    public void publish(TestMessage message) {
        Mqtt5PublishBuilder.Complete publish = Mqtt5Publish.builder()
                .topic(message.topic())
                .payload(message.text().getBytes(UTF_8))
                .qos(MqttQos.fromCode(message.qos()))
                .retain(message.retained())
                .contentType(emptyToNull(message.contentType()))
                .responseTopic(emptyToNull(message.responseTopic()))
                .payloadFormatIndicator(message.isText() ? Mqtt5PayloadFormatIndicator.UTF_8 : null)
                .userProperties(Mqtt5UserProperties.of(message.user().stream()
                        .map(each -> Mqtt5UserProperty.of(each.getKey(), each.getValue()))
                        .toList()));
        if (!message.correlation().isEmpty()) {
            publish = publish.correlationData(message.correlation().getBytes(ISO_8859_1));
        }
        if (message.expiry() != null) {
            publish = publish.messageExpiryInterval(message.expiry());
        }
        get(client.publish(publish.build()));
    }

    private static TestMessage message(Mqtt5Publish publish) {
        return new TestMessage(
                publish.getTopic().toString(),
                new String(publish.getPayloadAsBytes(), UTF_8),
                publish.getQos().getCode(),
                publish.isRetain(),
                publish.getContentType().map(Object::toString).orElse(""),
                publish.getResponseTopic().map(Object::toString).orElse(""),
                publish.getCorrelationData().map(HiveMqClient::text).orElse(""),
                publish.getPayloadFormatIndicator().equals(Optional.of(Mqtt5PayloadFormatIndicator.UTF_8)),
                publish.getMessageExpiryInterval().isPresent()
                        ? publish.getMessageExpiryInterval().getAsLong()
                        : null,
                publish.getUserProperties().asList().stream()
                        .map(each -> Map.entry(
                                each.getName().toString(), each.getValue().toString()))
                        .toList());
    }

    private static String text(ByteBuffer bytes) {
        return ISO_8859_1.decode(bytes).toString();
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static void get(CompletableFuture<?> stage) {
        stage.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public List<TestMessage> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        get(client.disconnect());
    }
}
