package io.github.cdimqtt.broker;

import io.github.cdimqtt.support.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * HiveMQ Community Edition: all of MQTT 3.1.1 and 5. In a JVM of its own, because it decides on its own what to do with
 * exceptions that nobody catches, and may end the JVM. It sends no usage statistics.
 */
public final class HiveMqBroker extends BrokerProcess {

    /** As in its own start script. */
    private static final List<String> ACCESS_TO_THE_JDK = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

    /** What its libraries do and a JDK of today warns of. */
    private static final List<String> WITHOUT_WARNINGS = Runtime.version().feature() < 24
            ? List.of()
            : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private final String restrictions;

    private HiveMqBroker(String restrictions) {
        super("hivemq");
        this.restrictions = restrictions;
    }

    /** Starts one; {@code restrictions} are further elements within {@code <mqtt>} of its config.xml. */
    public static HiveMqBroker launch(String... restrictions) {
        HiveMqBroker broker = new HiveMqBroker(String.join("", restrictions));
        broker.start();
        return broker;
    }

    @Override
    ProcessBuilder command() throws IOException {
        Path configuration = Files.createDirectories(directory().resolve("conf"));
        Files.writeString(configuration.resolve("config.xml"), configuration());
        Path data = Files.createDirectories(directory().resolve("data"));
        Path extensions = Files.createDirectories(directory().resolve("extensions"));
        ProcessBuilder program =
                JavaProgram.prepare(HiveMqMain.class, configuration.toString(), data.toString(), extensions.toString());
        List<String> command = program.command();
        int options = command.indexOf("-cp");
        command.addAll(options, ACCESS_TO_THE_JDK);
        command.addAll(options, WITHOUT_WARNINGS);
        command.addAll(
                options,
                List.of(
                        "-Xmx512m",
                        "-Dhivemq.home=" + directory(),
                        "-Djava.io.tmpdir=" + data, // what it unpacks stays behind when it is killed
                        "-Djna.tmpdir=" + data,
                        "-Dio.netty.machineId=02:00:00:00:00:01")); // else Netty warns where there is no network
        return program;
    }

    /** It runs for as long as its input is open. */
    @Override
    void askToEnd(Process running) throws IOException {
        running.getOutputStream().close();
    }

    /**
     * By default it drops what is more than 1,000 messages ahead of a slow client, and 2025.5 hangs up on topics with characters
     * from U+FDC0 to U+FDFF, of which it takes each for one that is none (U+FDD0 to U+FDEF are).
     */
    private String configuration() {
        return """
                <hivemq>
                    <listeners>
                        <tcp-listener>
                            <port>%d</port>
                            <bind-address>127.0.0.1</bind-address>
                        </tcp-listener>
                    </listeners>
                    <mqtt>
                        <queued-messages>
                            <max-queue-size>1000000</max-queue-size>
                        </queued-messages>
                        %s
                    </mqtt>
                    <security>
                        <utf8-validation>
                            <enabled>false</enabled>
                        </utf8-validation>
                    </security>
                    <anonymous-usage-statistics>
                        <enabled>false</enabled>
                    </anonymous-usage-statistics>
                </hivemq>
                """.formatted(port(), restrictions);
    }
}
