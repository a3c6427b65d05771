package benchmark;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * HiveMQ's client on MQTT 3.1.1, as it comes. It drops messages of QoS 0 that come faster than its callback takes them:
 * its back-pressure is for QoS 1 and 2, by the acknowledgements. The column "lost" has them.
 * {@link HiveMq5Client} has the same code, since the types of the two differ.
 */
final class HiveMq3Client implements Client {
    private Mqtt3AsyncClient client;

    @Override
    public void connect(int port, String in, String echo, Consumer<byte[]> received) {
        client = MqttClient.builder()
                .useMqttVersion3()
                .identifier("hivemq-3")
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
