package io.github.cdimqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ProxyTest {

    private static final int BRIEFLY = 100;

    private EchoServer server;
    private Proxy proxy;

    @BeforeEach
    void open() {
        server = new EchoServer();
        proxy = Proxy.to(server.port());
    }

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    void newProxy_forwardsBothWays() throws IOException {
        try (Socket client = client()) {
            assertThat(echo(client, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void stall_holdsBytesBack_untilItForwardsAgain() throws IOException {
        try (Socket client = client()) {
            echo(client, "first");
            proxy.stall();
            client.setSoTimeout(BRIEFLY);
            assertThatThrownBy(() -> echo(client, "held")).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(0);
            proxy.forward();
            assertThat(read(client, 4)).isEqualTo("held");
        }
    }

    @Test
    void stall_stillAcceptsConnections() throws IOException {
        proxy.stall();
        try (Socket client = client()) {
            await().until(() -> proxy.open() == 1);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void drop_discardsBytes() throws IOException {
        try (Socket client = client()) {
            assertThat(echo(client, "first")).isEqualTo("first");
            proxy.drop();
            client.setSoTimeout(BRIEFLY);
            assertThatThrownBy(() -> echo(client, "lost")).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(0);
            proxy.forward();
            assertThat(echo(client, "next")).isEqualTo("next");
        }
    }

    @Test
    void delay_delaysBytes_inBothDirections() throws IOException {
        proxy.delay(Duration.ofMillis(BRIEFLY));
        try (Socket client = client()) {
            long start = System.nanoTime();
            assertThat(echo(client, "late")).isEqualTo("late");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(2 * BRIEFLY));
        }
    }

    @Test
    void cut_closesConnections_andAcceptsNewOnes() throws IOException {
        try (Socket client = client()) {
            echo(client, "hello");
            proxy.cut();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(proxy.open()).isZero();
        }
        try (Socket client = client()) {
            assertThat(echo(client, "again")).isEqualTo("again");
        }
    }

    @Test
    void refuse_closesNewConnections_andKeepsOldOnes() throws IOException {
        try (Socket old = client()) {
            echo(old, "hello");
            proxy.refuse();
            try (Socket client = client()) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(echo(old, "still")).isEqualTo("still");
        }
    }

    @Test
    void accepted_countsEveryConnection() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (Socket client = client()) {
                echo(client, "hello");
            }
        }
        assertThat(proxy.accepted()).isEqualTo(3);
        await().until(() -> proxy.open() == 0);
    }

    @Test
    void close_leavesNoThread() throws IOException {
        String name = "proxy-" + proxy.port();
        try (Socket client = client()) {
            echo(client, "hello");
            proxy.stall();
            client.getOutputStream().write(1);
            proxy.close();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(thread -> thread.startsWith(name));
    }

    private Socket client() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static String echo(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
        return read(client, text.length());
    }

    private static String read(Socket client, int length) throws IOException {
        return new String(client.getInputStream().readNBytes(length), UTF_8);
    }
}
