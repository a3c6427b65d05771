package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.internal.outbox.ApplicationResources;
import io.github.cdimqtt.internal.transaction.Transactions;
import javax.sql.DataSource;

/** A data source by its name, and the transactions. */
record OutboxResources(DataSources dataSources, String name, CallTransactions transactions)
        implements ApplicationResources {

    @Override
    public DataSource dataSource() {
        return dataSources.find(name);
    }

    @Override
    public boolean inTransaction(boolean commit, Trial trial) throws Exception {
        Transactions found = transactions.find();
        return found != null && found.run(commit, trial::run);
    }
}
