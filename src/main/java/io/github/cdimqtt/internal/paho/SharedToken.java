package io.github.cdimqtt.internal.paho;

import org.eclipse.paho.client.mqttv3.IMqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttToken;
import org.jspecify.annotations.Nullable;

/**
 * One token for all packets. Paho requires one for each and only writes to it; creating one looks up a logger and a resource
 * bundle, which takes 0.8 us.
 */
final class SharedToken extends MqttToken {

    SharedToken(String clientId) {
        super(clientId);
    }

    /** Returns null, so that Paho takes the token for unused. */
    @Override
    public @Nullable IMqttAsyncClient getClient() {
        return null;
    }
}
