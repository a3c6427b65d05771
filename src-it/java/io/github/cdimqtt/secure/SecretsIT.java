package io.github.cdimqtt.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.Ports;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.TestAuthority;
import io.github.cdimqtt.support.TestContainer;
import io.github.cdimqtt.support.TestIdentity;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * No secret is printed anywhere. All loggers of the JVM, including those of Paho and the container, are at their finest level
 * while connections are made, refused, lost and closed, and deployments fail.
 */
@Timeout(60)
class SecretsIT {
    private static final String CANARY = Canary.WORD;

    @RegisterExtension
    final LeakRecorder leaks = new LeakRecorder();

    @TempDir
    Path files;

    @Singleton
    static class Observers {
        void event(@Observes MqttEvent event) {
            LeakRecorder.examine(event.toString());
            if (event instanceof MqttEvent.ConnectFailed failed) {
                LeakRecorder.examine(failed.cause());
            } else if (event instanceof MqttEvent.Disconnected lost && lost.cause() != null) {
                LeakRecorder.examine(lost.cause());
            }
        }

        void line(@Observes MqttLog line) {
            LeakRecorder.examine(line.toString());
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

    @Singleton
    static class Proof implements MqttAuthentication {
        @Override
        public String method() {
            return "TOKEN";
        }

        @Override
        public byte[] begin() {
            return CANARY.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] answer(byte[] challenge) {
            return begin();
        }
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
                    String text = new String(connect, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
                    asked.addAndGet(text.contains(CANARY) ? 1 : 0);
                    socket.getOutputStream().write(connack(text.contains("MQTT\5"), code));
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

    /** Of MQTT 5, 0x86 and 0x87 mean what 4 and 5 do on 3.1.1. */
    private static byte[] connack(boolean mqtt5, int code) {
        return mqtt5
                ? new byte[] {0x20, 3, 0, (byte) (code == 0 ? 0 : 0x82 + code), 0}
                : new byte[] {0x20, 2, 0, (byte) code};
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
        leaks.assertNone();
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
        leaks.assertNone();
    }

    @Test
    void propertiesAndAuthenticationOfMqtt5_areKept() throws Exception {
        for (int code : new int[] {0, 5}) {
            try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                AtomicInteger asked = serve(listener, code);
                Map<String, String> settings = new LinkedHashMap<>(settings(listener.getLocalPort()));
                settings.put("mqtt.protocol-version", "5");
                settings.put("mqtt.library", "direct");
                settings.put("mqtt.user-properties", "token=" + CANARY + "-connection");
                settings.put("mqtt.last-will.user-properties", "token=" + CANARY + "-of-the-will");
                MqttProperties token = MqttProperties.builder()
                        .user("token", CANARY + "-message")
                        .build();
                try (TestContainer application = code == 0
                        ? TestContainer.start(settings, Observers.class)
                        : TestContainer.start(settings, Observers.class, Proof.class)) {
                    application.get(Mqtt.class).publish("t", CANARY, Qos.AT_LEAST_ONCE, false, token);
                    await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() >= 3);
                }
            }
        }
        leaks.assertNone();
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
            Map<String, String> settings = new LinkedHashMap<>(pem);
            settings.put("mqtt.tls.keyfile-password", CANARY + password);
            Throwable failure = catchThrowable(
                    () -> TestContainer.start(settings, Observers.class).close());
            assertThat(failure == null).isEqualTo(password.equals("-right"));
            if (failure != null) {
                LeakRecorder.examine(failure);
            }
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
        LeakRecorder.examine(failure);
        LeakRecorder.examine(MqttConfig.builder()
                .username(CANARY)
                .password(CANARY)
                .tls(tls -> tls.keyfilePassword(CANARY).keystorePassword(CANARY).truststorePassword(CANARY))
                .lastWill(will -> will.topic("t").payload(CANARY))
                .build()
                .toString());
        leaks.assertNone();
    }
}
