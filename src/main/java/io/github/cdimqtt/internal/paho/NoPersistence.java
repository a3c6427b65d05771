package io.github.cdimqtt.internal.paho;

import java.util.Collections;
import java.util.Enumeration;
import org.eclipse.paho.client.mqttv3.MqttClientPersistence;
import org.eclipse.paho.client.mqttv3.MqttPersistable;
import org.jspecify.annotations.Nullable;

/** Stores nothing for Paho: what outlives a connection is in the session's flows and store. */
final class NoPersistence implements MqttClientPersistence {

    @Override
    public void open(String clientId, String serverURI) {}

    @Override
    public void close() {}

    @Override
    public void put(String key, MqttPersistable persistable) {}

    @Override
    public @Nullable MqttPersistable get(String key) {
        return null;
    }

    @Override
    public void remove(String key) {}

    @Override
    public Enumeration<String> keys() {
        return Collections.emptyEnumeration();
    }

    @Override
    public void clear() {}

    @Override
    public boolean containsKey(String key) {
        return false;
    }
}
