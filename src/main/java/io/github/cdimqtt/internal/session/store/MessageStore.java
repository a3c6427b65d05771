package io.github.cdimqtt.internal.session.store;

import java.util.List;

/**
 * Keeps messages under way for the case that the JVM dies. Thread-safe as far as one name is not written by two threads
 * at once.
 */
public interface MessageStore extends AutoCloseable {

    /** Keeps nothing: what is under way is in memory only. */
    MessageStore NONE = new MessageStore() {
        @Override
        public void put(String name, StoredMessage message) {
            // Memory is enough.
        }

        @Override
        public void remove(String name) {
            // There is nothing.
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
     * Keeps a message under a name, in place of what had it.
     *
     * @throws io.github.cdimqtt.MqttException if it can't be kept
     */
    void put(String name, StoredMessage message);

    /** Keeps what has the name no longer. */
    void remove(String name);

    /** Returns what is kept under names that begin so, in the order in which it was first put. */
    List<StoredMessage> read(String prefix);

    @Override
    void close();
}
