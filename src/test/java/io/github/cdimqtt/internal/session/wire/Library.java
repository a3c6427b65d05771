package io.github.cdimqtt.internal.session.wire;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.direct.DirectChannel;
import io.github.cdimqtt.internal.paho.PahoChannel;
import io.github.cdimqtt.internal.transport.ChannelFactory;

/** The channels, by their value of {@code mqtt.library}. */
enum Library {
    PAHO {
        @Override
        ChannelFactory channels(MqttConfig config, String clientId) {
            return (server, listener) -> new PahoChannel(config, clientId, server, listener);
        }
    },
    DIRECT {
        @Override
        ChannelFactory channels(MqttConfig config, String clientId) {
            return (server, listener) -> new DirectChannel(config, server, listener);
        }
    };

    abstract ChannelFactory channels(MqttConfig config, String clientId);
}
