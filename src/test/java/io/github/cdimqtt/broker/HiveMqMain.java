package io.github.cdimqtt.broker;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Path;

/** HiveMQ Community Edition as a program: it ends in an orderly way when its standard input does. */
final class HiveMqMain {

    /** In each of its databases, where it has 64: a broker of a test starts in a second and has few files open. */
    private static final int BUCKETS = 4;

    /** For a slow client; by default it drops messages of QoS 0 beyond 5 MiB. */
    private static final int BYTES_OF_QOS_0 = 64 << 20;

    private HiveMqMain() {}

    /** Runs it; the arguments are the directories of its configuration, of its data and of its extensions. */
    public static void main(String[] arguments) {
        int code = 1;
        try {
            InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
            InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
            InternalConfigurations.QOS_0_MEMORY_LIMIT_PER_CLIENT_BYTES.set(BYTES_OF_QOS_0);
            InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
            EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
                    .withConfigurationFolder(Path.of(arguments[0]))
                    .withDataFolder(Path.of(arguments[1]))
                    .withExtensionsFolder(Path.of(arguments[2]))
                    .withoutLoggingBootstrap() // it would configure Logback; the tests have the logging of the JDK
                    .build();
            broker.start().join();
            while (System.in.read() >= 0) {
                // Nothing is expected on standard input.
            }
            broker.stop().join();
            code = 0;
        } catch (Throwable e) {
            e.printStackTrace();
        }
        System.exit(code); // it leaves threads behind
    }
}
