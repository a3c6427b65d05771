package benchmark;

import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Eclipse Paho and its callback, with room for 2,000 publishes under way: as it comes it refuses the eleventh. */
final class PahoClient implements Client {
    private MqttAsyncClient client;

    @Override
    public void connect(int port, String in, String echo, Consumer<byte[]> received) throws Exception {
        client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "bare-paho", new MemoryPersistence());
        client.setCallback(new MqttCallback() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                received.accept(message.getPayload());
            }

            @Override
            public void connectionLost(Throwable cause) {
                Client.fail(cause);
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {
                // The listener of each publish knows.
            }
        });
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(2_000);
        client.connect(options).waitForCompletion();
        client.subscribe(new String[] {in, echo}, new int[] {2, 2}).waitForCompletion();
    }

    @Override
    public void publish(String topic, byte[] payload, int qos, Runnable done) throws MqttException {
        client.publish(topic, payload, qos, false, null, new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                done.run();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                Client.fail(cause);
            }
        });
    }
}
