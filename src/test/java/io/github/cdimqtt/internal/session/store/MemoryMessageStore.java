package io.github.cdimqtt.internal.session.store;

import io.github.cdimqtt.MqttException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A message store in memory, which may be full. Thread-safe, but for the two flags. */
public final class MemoryMessageStore implements MessageStore {
    public boolean full;
    public boolean closed;
    private final Map<String, StoredMessage> messages = new LinkedHashMap<>();

    @Override
    public synchronized void put(String name, StoredMessage message) {
        if (full) {
            throw new MqttException("the disk is full");
        }
        messages.put(name, message);
    }

    @Override
    public synchronized void remove(String name) {
        messages.remove(name);
    }

    @Override
    public synchronized List<StoredMessage> read(String prefix) {
        return messages.entrySet().stream()
                .filter(each -> each.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void close() {
        closed = true;
    }
}
