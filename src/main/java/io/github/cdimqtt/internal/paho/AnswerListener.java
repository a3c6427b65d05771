package io.github.cdimqtt.internal.paho;

import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;

/**
 * Receives the answer to one packet; for a packet without an answer, that it was written. A failure needs no report:
 * what was unanswered when the connection was lost is sent again.
 */
record AnswerListener(Consumer<IMqttToken> onAnswer) implements IMqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
        onAnswer.accept(token);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {}
}
