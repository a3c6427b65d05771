package io.github.cdimqtt.internal.outbox;

import java.sql.SQLException;
import javax.sql.DataSource;

/** The database and the transactions of the application, as the outbox needs them. Thread-safe. */
public interface ApplicationResources {
    /** What is done in a transaction. */
    interface Trial {
        void run() throws SQLException;
    }

    /**
     * Returns the data source.
     *
     * @throws io.github.cdimqtt.MqttException that says why there is none
     */
    DataSource dataSource();

    /**
     * Begins a transaction on the calling thread, which has none, and ends it. Returns false if it can't begin one; then nothing was
     * done.
     *
     * @param commit whether to commit it; otherwise it is rolled back
     * @throws Exception that of the trial, or of the transaction manager
     */
    boolean inTransaction(boolean commit, Trial trial) throws Exception;
}
