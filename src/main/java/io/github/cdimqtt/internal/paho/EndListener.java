package io.github.cdimqtt.internal.paho;

import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/**
 * Receives from Paho that an attempt failed or a connection ended; {@link PahoInput} sees everything else before
 * Paho does.
 */
record EndListener(Consumer<Throwable> onEnd) implements MqttCallback, IMqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {}

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
        onEnd.accept(cause);
    }

    @Override
    public void connectionLost(Throwable cause) {
        onEnd.accept(cause);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        throw new AssertionError("no message is passed to Paho");
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
}
