package io.github.cdimqtt.transactions;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** The transaction manager of the tests. Its own extension has it as a bean, as applications without a server do. */
final class Narayana {
    private Narayana() {}

    static jakarta.transaction.TransactionManager manager() {
        return TransactionManager.transactionManager();
    }

    static TransactionSynchronizationRegistry synchronizations() {
        return new TransactionSynchronizationRegistryImple();
    }
}
