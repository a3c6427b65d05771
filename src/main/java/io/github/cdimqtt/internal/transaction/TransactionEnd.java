package io.github.cdimqtt.internal.transaction;

/** How a transaction has ended. */
public enum TransactionEnd {
    COMMITTED,
    ROLLED_BACK,
    /** The transaction manager does not know, or not yet: some of its resources may have committed. */
    UNKNOWN
}
