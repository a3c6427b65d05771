package io.github.cdimqtt.internal.paho;

import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;

/**
 * Hears the answer to one packet, or that it was written if nothing answers it. That there is none is no news: what
 * was not answered when the connection was lost goes again.
 */
record AnswerListener(Consumer<IMqttToken> onAnswer) implements IMqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
        onAnswer.accept(token);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {}
}
