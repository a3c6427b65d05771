package io.github.cdimqtt.internal.transaction;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.PublishInTransaction;
import io.github.cdimqtt.internal.beans.BeanLookup;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The transactions of the threads of one application. Thread-safe. */
public interface Transactions {
    /** What there is to do where there are none. */
    String REMEDY = "run it where there are Jakarta Transactions, or add a transaction manager that brings its"
            + " TransactionSynchronizationRegistry as a bean, such as org.jboss.narayana.jta:narayana-jta";

    /** Returns what is wrong with a setting that needs them where there are none. */
    static String missingFor(PublishInTransaction setting) {
        return key(setting) + ": there are no transactions; " + REMEDY;
    }

    /** Returns what is wrong with a setting that needs them where there are several. */
    static String ambiguousFor(PublishInTransaction setting) {
        return key(setting)
                + ": there is more than one TransactionSynchronizationRegistry bean; keep that of the transaction"
                + " manager";
    }

    private static String key(PublishInTransaction setting) {
        return "publish-in-transaction="
                + setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

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
     *
     * @throws AmbiguousResolutionException if it has several as beans
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
     * @throws MqttException if the transaction is about to end, is or can only be rolled back, or more wait already
     */
    boolean onEnd(Object owner, int most, Consumer<TransactionEnd> action);

    /** Work that may fail in any way. */
    interface Work {
        void run() throws Exception;
    }

    /**
     * Runs work in a transaction of its own, on a thread that has none. Returns false if the thread can't begin one; then nothing is
     * done.
     *
     * @param commit whether to commit it; otherwise it is rolled back, as after a failure
     * @throws Exception that of the work, or of the transaction manager
     */
    boolean run(boolean commit, Work work) throws Exception;

    /** Lets the transaction of the calling thread be rolled back, if it has not ended. */
    void setRollbackOnly();
}
