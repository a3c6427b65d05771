package io.github.cdimqtt.transactions;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Produces the registry as a bean, as an application without a server does. */
@ApplicationScoped
class Narayana {
    @Produces
    @ApplicationScoped
    TransactionSynchronizationRegistry registry() {
        return new TransactionSynchronizationRegistryImple();
    }

    static jakarta.transaction.TransactionManager manager() {
        return TransactionManager.transactionManager();
    }
}
