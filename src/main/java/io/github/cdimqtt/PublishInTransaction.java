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
    AFTER_COMMIT,
    /**
     * As a row in the application's own database, in the same transaction: it is there if the transaction has committed, and is
     * sent until the broker has acknowledged it, whatever dies meanwhile. Without a transaction the row is written at once. At QoS 1
     * or 2; at least once. The calling thread writes to the database. Needs {@link OutboxConfig#dataSource()}.
     */
    OUTBOX
}
