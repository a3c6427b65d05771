package benchmark;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** HiveMQ's client on MQTT 5, as it comes; {@link HiveMq3Client} says what it loses. */
final class HiveMq5Client implements Client {
    private Mqtt5AsyncClient client;

    @Override
    public void connect(int port, String in, String echo, Consumer<byte[]> received) {
        client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("hivemq-5")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, message -> received.accept(message.getPayloadAsBytes()));
        client.connect().join();
        for (String filter : new String[] {in, echo}) {
            client.subscribeWith()
                    .topicFilter(filter)
                    .qos(MqttQos.EXACTLY_ONCE)
                    .send()
                    .join();
        }
    }

    @Override
    public void publish(String topic, byte[] payload, int qos, Runnable done) {
        CompletionStage<?> unused = client.publishWith()
                .topic(topic)
                .payload(payload)
                .qos(MqttQos.fromCode(qos))
                .send()
                .whenComplete((published, failure) -> Client.done(failure, done));
    }
}
