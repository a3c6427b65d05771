package io.github.cdimqtt.internal.transaction;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.beans.BeanLookup;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The transactions of the threads of one application. Thread-safe. */
public interface Transactions {
    /** What there is to do where there are none. */
    String REMEDY = "run it where there are Jakarta Transactions, or add a transaction manager, such as"
            + " org.jboss.narayana.jta:narayana-jta, and produce its TransactionSynchronizationRegistry as a bean";

    /**
     * Finds those of an application: in its naming, which not all threads have, or as a bean. Returns null if there are none.
     */
    static @Nullable Transactions find(BeanLookup beans) {
        try {
            return JtaTransactions.find(beans);
        } catch (LinkageError absent) { // the API
            return null;
        }
    }

    /**
     * Returns whether an application can't have any. Where there is naming that is not known before the application starts: not all
     * servers have it at deployment.
     */
    static boolean areMissing(BeanLookup beans) {
        try {
            return JtaTransactions.areMissing(beans);
        } catch (LinkageError absent) {
            return true;
        }
    }

    /**
     * Runs an action when the transaction of the calling thread has ended, on whatever thread ends it: in the order of the calls,
     * also of several owners. Returns false if the thread has none.
     *
     * @param owner who adds the action; no more than {@code most} of one owner wait in a transaction
     * @param action returns at once, and throws nothing
     * @throws MqttException if the transaction is, or can only be, rolled back, or more wait already
     */
    boolean onEnd(Object owner, int most, Consumer<TransactionEnd> action);
}
