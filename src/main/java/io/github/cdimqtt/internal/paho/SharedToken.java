package io.github.cdimqtt.internal.paho;

import org.eclipse.paho.client.mqttv3.IMqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttToken;
import org.jspecify.annotations.Nullable;

/**
 * One token for all packets that nothing answers. Paho demands one for each and only writes to it; making one looks up
 * a logger and a resource bundle, 0.8 us.
 */
final class SharedToken extends MqttToken {

    SharedToken(String clientId) {
        super(clientId);
    }

    /** Says that it is not in use. */
    @Override
    public @Nullable IMqttAsyncClient getClient() {
        return null;
    }
}
