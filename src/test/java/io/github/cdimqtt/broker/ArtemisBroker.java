package io.github.cdimqtt.broker;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** Apache Artemis in this JVM: MQTT 3.1.1 and 5; sends a copy of a message for each subscription that it matches. */
public final class ArtemisBroker implements TestBroker {

    private final TemporaryDirectory directory = new TemporaryDirectory("artemis-");
    private final int port = Ports.free();
    private final Access access;
    private final String options;
    private EmbeddedActiveMQ running;

    private ArtemisBroker(Access access, String options) {
        this.access = access;
        this.options = options;
    }

    /** Starts one that allows everything. */
    public static ArtemisBroker launch() {
        return launch(null);
    }

    /** Starts one with this access; null allows everything. */
    public static ArtemisBroker launch(Access access) {
        return launch(access, "");
    }

    /** Starts one whose acceptor has further options, such as {@code ;sslEnabled=true}. */
    public static ArtemisBroker launch(Access access, String options) {
        ArtemisBroker broker = new ArtemisBroker(access, options);
        broker.start();
        return broker;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        EmbeddedActiveMQ broker =
                new EmbeddedActiveMQ().setConfiguration(configuration(directory.path(), port, access != null, options));
        if (access != null) {
            broker.setSecurityManager(access);
        }
        try {
            broker.start();
        } catch (Exception e) {
            throw new IllegalStateException("Artemis does not start", e);
        }
        running = broker;
    }

    @Override
    public synchronized void stop() {
        if (running == null) {
            return;
        }
        try {
            running.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Artemis does not stop", e);
        } finally {
            running = null;
        }
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }

    /** With a journal that survives the death of the process. */
    static Configuration configuration(Path data, int port, boolean secured, String options) {
        try {
            return new ConfigurationImpl()
                    .setPersistenceEnabled(true)
                    .setSecurityEnabled(secured)
                    .setJMXManagementEnabled(false)
                    .setGracefulShutdownEnabled(false)
                    .setJournalType(JournalType.NIO)
                    .setJournalFileSize(1 << 20)
                    .setJournalMinFiles(2)
                    .setJournalDirectory(data.resolve("journal").toString())
                    .setBindingsDirectory(data.resolve("bindings").toString())
                    .setLargeMessagesDirectory(data.resolve("large").toString())
                    .setPagingDirectory(data.resolve("paging").toString())
                    .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + port + "?protocols=MQTT" + options);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
