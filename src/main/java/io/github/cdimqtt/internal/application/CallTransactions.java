package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transaction.Transactions;
import org.jspecify.annotations.Nullable;

/** The transactions that calls are part of: looked for until they are found, because not all threads have naming. Thread-safe. */
final class CallTransactions {
    private final BeanLookup beans;
    private volatile @Nullable Transactions found;

    CallTransactions(BeanLookup beans) {
        this.beans = beans;
    }

    /**
     * Returns them, for a message.
     *
     * @throws MqttException if there are none
     */
    Transactions of(String topic) {
        Transactions known = find();
        if (known == null) {
            throw new MqttException("the message to '" + Printable.of(topic)
                    + "' can't be part of a transaction: there are none; " + Transactions.REMEDY);
        }
        return known;
    }

    /** Lets the transaction of the calling thread be rolled back, if it has one. */
    void setRollbackOnly() {
        Transactions known = find();
        if (known != null) {
            known.setRollbackOnly();
        }
    }

    /** Returns them; null if the calling thread finds none. */
    @Nullable
    Transactions find() {
        Transactions known = found;
        if (known == null) {
            synchronized (this) { // all connections have the same, which keeps the order among them
                known = found;
                if (known == null) {
                    known = Transactions.find(beans);
                    found = known;
                }
            }
        }
        return known;
    }
}
