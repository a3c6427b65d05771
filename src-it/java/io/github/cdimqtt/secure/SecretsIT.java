package io.github.cdimqtt.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.broker.Ports;
import io.github.cdimqtt.testing.Canary;
import io.github.cdimqtt.testing.PemText;
import io.github.cdimqtt.testing.TestAuthority;
import io.github.cdimqtt.testing.TestContainer;
import io.github.cdimqtt.testing.TestIdentity;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No secret is printed anywhere. All loggers of the JVM, including those of Paho and the container, are at their finest level
 * while connections are made, refused, lost and closed, and deployments fail.
 */
@Timeout(60)
class SecretsIT {
    private static final String CANARY = Canary.WORD;

    /** The lines with a secret among all that was printed, logged, fired and thrown. */
    static final List<String> LEAKED = new CopyOnWriteArrayList<>();

    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Handler[] handlers = root.getHandlers();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final AtomicInteger records = new AtomicInteger();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Handler everything = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            records.incrementAndGet();
            note(formatter.format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path files;

    @Singleton
    static class Observers {
        void event(@Observes MqttEvent event) {
            note(event.toString());
            if (event instanceof MqttEvent.ConnectFailed failed) {
                note(stackTrace(failed.cause()));
            } else if (event instanceof MqttEvent.Disconnected lost && lost.cause() != null) {
                note(stackTrace(lost.cause()));
            }
        }

        void line(@Observes MqttLog line) {
            note(line.toString());
        }
    }

    @Singleton
    static class Tokens implements MqttCredentials {
        @Override
        public String username() {
            return CANARY + "-name";
        }

        @Override
        public String password() {
            return CANARY + "-token";
        }
    }

    /** Records a text that holds the canary. */
    private static void note(String text) {
        if (text.contains("canary")) {
            LEAKED.add(text);
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @BeforeEach
    void listen() {
        LEAKED.clear();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
        for (Handler handler : handlers) {
            root.removeHandler(handler);
        }
        everything.setLevel(Level.ALL);
        root.addHandler(everything);
        root.setLevel(Level.ALL);
        Logger.getLogger("io.github.cdimqtt").setLevel(Level.ALL);
    }

    @AfterEach
    void stopListening() {
        root.removeHandler(everything);
        for (Handler handler : handlers) {
            root.addHandler(handler);
        }
        root.setLevel(before);
        Logger.getLogger("io.github.cdimqtt").setLevel(null);
        System.setOut(out);
        System.setErr(err);
    }

    private void assertKept() {
        note(printed.toString(StandardCharsets.UTF_8));
        assertThat(LEAKED).isEmpty();
        assertThat(records).hasPositiveValue();
    }

    /** Answers each CONNECT with a return code, and closes the connection soon after. Returns the number of CONNECT packets. */
    private static AtomicInteger serve(ServerSocket listener, int code) {
        AtomicInteger asked = new AtomicInteger();
        Thread thread = new Thread(() -> {
            while (true) {
                try (Socket socket = listener.accept()) {
                    InputStream in = socket.getInputStream();
                    byte[] connect = new byte[4096];
                    int length = in.read(connect);
                    boolean complete =
                            new String(connect, 0, Math.max(0, length), StandardCharsets.ISO_8859_1).contains(CANARY);
                    asked.addAndGet(complete ? 1 : 0);
                    socket.getOutputStream().write(new byte[] {0x20, 2, 0, (byte) code});
                    socket.setSoTimeout(50);
                    in.readAllBytes();
                } catch (IOException e) {
                    if (listener.isClosed()) {
                        return;
                    }
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return asked;
    }

    private static Map<String, String> settings(int port) {
        return Map.of(
                "mqtt.broker-url", "tcp://127.0.0.1:" + port,
                "mqtt.username", CANARY + "-user",
                "mqtt.password", CANARY + "-password",
                "mqtt.last-will.topic", "will",
                "mqtt.last-will.message", CANARY + "-will",
                "mqtt.reconnect.min-delay", "20ms");
    }

    @Test
    void configuredCredentials_inConnectionsThatWorkAreRefusedAndFail_areKept() throws Exception {
        for (int code : new int[] {0, 4, 5}) {
            try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                AtomicInteger asked = serve(listener, code);
                try (TestContainer application =
                        TestContainer.start(settings(listener.getLocalPort()), Observers.class)) {
                    await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() >= 3);
                    assertThat(application.se().isRunning()).isTrue();
                }
            }
        }
        try (TestContainer application = TestContainer.start(settings(Ports.free()), Observers.class)) {
            assertThat(application.se().isRunning()).isTrue();
        }
        assertKept();
    }

    @Test
    void credentialsOfABean_areKept() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AtomicInteger asked = serve(listener, 5);
            try (TestContainer application = TestContainer.start(
                    Map.of(
                            "mqtt.broker-url",
                            "tcp://127.0.0.1:" + listener.getLocalPort(),
                            "mqtt.reconnect.min-delay",
                            "20ms"),
                    Observers.class,
                    Tokens.class)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() >= 3);
                assertThat(application.se().isRunning()).isTrue();
            }
        }
        assertKept();
    }

    @Test
    void passwordsOfKeys_inDeploymentsThatFailAndWork_areKept() {
        TestIdentity me = new TestAuthority("the authority").issue("me");
        Path certificate = PemText.write(files.resolve("me.pem"), PemText.of(me.certificate()));
        Path key = PemText.write(files.resolve("me.key"), PemText.encrypted(me.key(), CANARY + "-right"));
        Path store = me.writeStore(files.resolve("me.p12"), "PKCS12", "something else");
        Map<String, String> pem = Map.of(
                "mqtt.broker-url", "ssl://127.0.0.1:" + Ports.free(),
                "mqtt.tls.certfile", certificate.toString(),
                "mqtt.tls.keyfile", key.toString());
        for (String password : List.of("-wrong", "-wröng", "-right")) {
            Map<String, String> settings = new java.util.LinkedHashMap<>(pem);
            settings.put("mqtt.tls.keyfile-password", CANARY + password);
            Throwable failure = catchThrowable(
                    () -> TestContainer.start(settings, Observers.class).close());
            assertThat(failure == null).isEqualTo(password.equals("-right"));
            note(failure == null ? "" : stackTrace(failure));
        }
        Throwable failure = catchThrowable(() -> TestContainer.start(
                        Map.of(
                                "mqtt.broker-url",
                                "ssl://localhost",
                                "mqtt.tls.keystore",
                                store.toString(),
                                "mqtt.tls.keystore-password",
                                CANARY,
                                "mqtt.tls.truststore",
                                store.toString(),
                                "mqtt.tls.truststore-password",
                                CANARY),
                        Observers.class)
                .close());
        assertThat(failure).isNotNull();
        note(stackTrace(failure));
        note(MqttConfig.builder()
                .username(CANARY)
                .password(CANARY)
                .tlsKeyfilePassword(CANARY)
                .tlsKeystorePassword(CANARY)
                .tlsTruststorePassword(CANARY)
                .lastWillTopic("t")
                .lastWillMessage(CANARY)
                .build()
                .toString());
        assertKept();
    }
}
