package io.github.cdimqtt;

/**
 * When a message goes that is published within a transaction of Jakarta Transactions, on the thread that has it: of a connection
 * {@code mqtt.publish-in-transaction}, of one call {@link Mqtt#inTransaction}.
 */
public enum PublishInTransaction {
    /** At once, whatever becomes of the transaction. */
    NOW,
    /**
     * When the transaction has committed, in the order of the calls; not at all if it is rolled back, which fails the stage. Without
     * a transaction at once. What has committed is lost if the JVM ends before the broker has acknowledged it.
     */
    AFTER_COMMIT
}
