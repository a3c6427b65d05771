package io.github.cdimqtt.internal.transaction;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.beans.Naming;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Transactions as the transaction manager has them. The only class that needs the API of Jakarta Transactions. Thread-safe. */
final class JtaTransactions implements Transactions {
    /** Jakarta Transactions 2.0, section 5: in every server with the full or the web profile. */
    private static final String NAME = "java:comp/TransactionSynchronizationRegistry";

    private static final String USER_TRANSACTION = "java:comp/UserTransaction";

    /** The actions that wait for one transaction. Thread-safe: a time-out ends it on a thread of its own. */
    private static final class Waiting implements Synchronization {
        private final List<Consumer<TransactionEnd>> actions = new ArrayList<>(); // guarded by this
        private final IdentityHashMap<Object, Integer> counts = new IdentityHashMap<>(); // guarded by this
        private @Nullable TransactionEnd end; // guarded by this

        /** Adds an action, or runs it if a time-out has ended the transaction meanwhile. */
        private void add(Object owner, int most, Consumer<TransactionEnd> action) {
            TransactionEnd ended;
            synchronized (this) {
                ended = end;
                if (ended == null) {
                    int count = counts.merge(owner, 1, Integer::sum);
                    if (count > most) {
                        throw new MqttException(
                                "the transaction has " + most
                                        + " messages already, as many as offline-buffer allows; set that higher, or commit earlier");
                    }
                    actions.add(action);
                }
            }
            if (ended != null) {
                action.accept(ended);
            }
        }

        @Override
        public void beforeCompletion() {
            // What is published may still be added.
        }

        @Override
        public void afterCompletion(int status) {
            TransactionEnd ended = endOf(status);
            List<Consumer<TransactionEnd>> all;
            synchronized (this) {
                end = ended;
                all = List.copyOf(actions);
                actions.clear();
            }
            RuntimeException fault = null;
            for (Consumer<TransactionEnd> action : all) {
                try {
                    action.accept(ended);
                } catch (RuntimeException e) { // the others are none the worse for it
                    fault = e;
                }
            }
            if (fault != null) {
                throw fault; // which the transaction manager logs
            }
        }

        private static TransactionEnd endOf(int status) {
            return switch (status) {
                case Status.STATUS_COMMITTED -> TransactionEnd.COMMITTED;
                case Status.STATUS_ROLLEDBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_NO_TRANSACTION ->
                    TransactionEnd.ROLLED_BACK;
                default -> TransactionEnd.UNKNOWN;
            };
        }
    }

    private final TransactionSynchronizationRegistry registry;
    private final BeanLookup beans;

    private JtaTransactions(TransactionSynchronizationRegistry registry, BeanLookup beans) {
        this.registry = registry;
        this.beans = beans;
    }

    static @Nullable Transactions find(BeanLookup beans) {
        TransactionSynchronizationRegistry named = Naming.find(NAME, TransactionSynchronizationRegistry.class);
        TransactionSynchronizationRegistry found =
                named == null ? beans.reference(MqttBroker.DEFAULT, TransactionSynchronizationRegistry.class) : named;
        return found == null ? null : new JtaTransactions(found, beans);
    }

    static boolean areMissing(BeanLookup beans) {
        return beans.of(MqttBroker.DEFAULT, TransactionSynchronizationRegistry.class) == null && !Naming.mayHave(NAME);
    }

    @Override
    public boolean onEnd(Object owner, int most, Consumer<TransactionEnd> action) {
        switch (registry.getTransactionStatus()) {
            case Status.STATUS_ACTIVE -> waiting().add(owner, most, action);
            case Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK ->
                throw new MqttException("the transaction is rolled back, so nothing is published in it");
            case Status.STATUS_PREPARING, Status.STATUS_PREPARED, Status.STATUS_UNKNOWN ->
                throw new MqttException("the transaction is about to end, so nothing is published in it any more");
            default -> {
                return false; // none, or it has committed
            }
        }
        return true;
    }

    @Override
    public boolean run(boolean commit, Work work) throws Exception {
        UserTransaction named = Naming.find(USER_TRANSACTION, UserTransaction.class);
        if (named != null) {
            run(commit, work, named::begin, named::commit, named::rollback);
            return true;
        }
        TransactionManager manager = beans.reference(MqttBroker.DEFAULT, TransactionManager.class);
        if (manager != null) {
            run(commit, work, manager::begin, manager::commit, manager::rollback);
            return true;
        }
        return false;
    }

    private static void run(boolean commit, Work work, Work begin, Work end, Work rollback) throws Exception {
        begin.run();
        boolean done = false;
        try {
            work.run();
            done = true;
        } finally {
            if (done && commit) {
                end.run();
            } else {
                rollback.run();
            }
        }
    }

    @Override
    public void setRollbackOnly() {
        try {
            registry.setRollbackOnly();
        } catch (IllegalStateException ended) { // by a time-out: rolled back it is
            return;
        }
    }

    /** Each transaction has one, whose actions keep their order: several synchronizations have none. */
    private Waiting waiting() {
        try {
            if (registry.getResource(this) instanceof Waiting known) {
                return known;
            }
            Waiting waiting = new Waiting();
            registry.registerInterposedSynchronization(waiting);
            registry.putResource(this, waiting);
            return waiting;
        } catch (RuntimeException e) { // a time-out has just ended it
            throw new MqttException("the transaction takes nothing more: " + e.getMessage(), e);
        }
    }
}
