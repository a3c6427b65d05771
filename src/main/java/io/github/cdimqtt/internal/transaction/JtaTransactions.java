package io.github.cdimqtt.internal.transaction;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.beans.BeanLookup;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import org.jspecify.annotations.Nullable;

/** Transactions as the transaction manager has them. The only class that needs the API of Jakarta Transactions. Thread-safe. */
final class JtaTransactions implements Transactions {
    /** Jakarta Transactions 2.0, section 5: in every server with the full or the web profile. */
    private static final String NAME = "java:comp/TransactionSynchronizationRegistry";

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
            all.forEach(action -> action.accept(ended));
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

    private JtaTransactions(TransactionSynchronizationRegistry registry) {
        this.registry = registry;
    }

    static @Nullable Transactions find(BeanLookup beans) {
        TransactionSynchronizationRegistry named = named();
        TransactionSynchronizationRegistry found =
                named == null ? beans.reference(MqttBroker.DEFAULT, TransactionSynchronizationRegistry.class) : named;
        return found == null ? null : new JtaTransactions(found);
    }

    static boolean areMissing(BeanLookup beans) {
        return beans.of(MqttBroker.DEFAULT, TransactionSynchronizationRegistry.class) == null && !hasNaming();
    }

    private static @Nullable TransactionSynchronizationRegistry named() {
        try {
            return lookUp();
        } catch (NamingException
                | ClassCastException
                | LinkageError absent) { // the last without the module java.naming
            return null;
        }
    }

    private static boolean hasNaming() {
        try {
            return lookUp() != null;
        } catch (NoInitialContextException | LinkageError nowhere) {
            return false;
        } catch (NamingException | ClassCastException notYet) {
            return true;
        }
    }

    @SuppressWarnings("BanJNDI") // the name is a constant
    private static TransactionSynchronizationRegistry lookUp() throws NamingException {
        return InitialContext.doLookup(NAME);
    }

    @Override
    public boolean onEnd(Object owner, int most, Consumer<TransactionEnd> action) {
        switch (registry.getTransactionStatus()) {
            case Status.STATUS_ACTIVE -> waiting().add(owner, most, action);
            case Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK ->
                throw new MqttException("the transaction is rolled back, so nothing is published in it");
            default -> {
                return false; // none, or it has committed
            }
        }
        return true;
    }

    /** Each transaction has one, whose actions keep their order: several synchronizations have none. */
    private Waiting waiting() {
        if (registry.getResource(this) instanceof Waiting known) {
            return known;
        }
        Waiting waiting = new Waiting();
        try {
            registry.registerInterposedSynchronization(waiting);
            registry.putResource(this, waiting);
        } catch (RuntimeException e) { // a time-out has just ended it
            throw new MqttException("the transaction takes nothing more: " + e.getMessage(), e);
        }
        return waiting;
    }
}
