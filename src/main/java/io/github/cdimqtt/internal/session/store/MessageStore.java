package io.github.cdimqtt.internal.session.store;

import java.util.List;

/**
 * Stores unacknowledged messages, so that they outlive the JVM. Thread-safe, as long as no two threads use the same
 * name at once.
 */
public interface MessageStore extends AutoCloseable {

    /** Stores nothing: unacknowledged messages are in memory only. */
    MessageStore NONE = new MessageStore() {
        @Override
        public void put(String name, StoredMessage message) {
            // Nothing is stored.
        }

        @Override
        public void remove(String name) {
            // Nothing is stored.
        }

        @Override
        public List<StoredMessage> read(String prefix) {
            return List.of();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /**
     * Stores a message under a name, in place of any message stored under it.
     *
     * @throws io.github.cdimqtt.MqttException if it can't be stored
     */
    void put(String name, StoredMessage message);

    /** Removes the message stored under a name, if there is one. */
    void remove(String name);

    /** Returns the messages whose names have this prefix, in the order in which they were first stored. */
    List<StoredMessage> read(String prefix);

    @Override
    void close();
}
