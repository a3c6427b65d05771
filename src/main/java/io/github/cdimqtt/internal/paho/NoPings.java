package io.github.cdimqtt.internal.paho;

import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;

/** Sends no PINGREQ: the session keeps its connections alive. */
final class NoPings implements MqttPingSender {

    @Override
    public void init(ClientComms comms) {}

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void schedule(long millis) {}
}
