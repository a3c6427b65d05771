package io.github.cdimqtt.internal.portable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.support.JavaProgram;
import io.github.cdimqtt.support.SmallImage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A minimal JDK: no JNDI, no management, none of the modules that cdi-mqtt uses only where they are present. */
@Tag("container")
class SmallImageTest {
    /** The modules that cdi-mqtt, Paho and Weld SE need. */
    private static final String MODULES = "java.base,java.logging,java.xml";

    @Test
    @Tag("weld") // OpenWebBeans itself needs JNDI
    @Timeout(60)
    void application_onAJdkWithoutNaming_connects() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            broker.setSoTimeout(50_000);
            ProcessBuilder program = JavaProgram.prepare(SmallImage.class, "tcp://127.0.0.1:" + broker.getLocalPort());
            program.command().add(1, "--limit-modules=" + MODULES);
            Process process = program.redirectErrorStream(true).start();
            try (Socket client = broker.accept()) {
                byte[] connect = client.getInputStream().readNBytes(2);
                byte[] rest = client.getInputStream().readNBytes(connect[1]);
                client.getOutputStream().write(new byte[] {0x20, 2, 0, 0});
                String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

                assertThat(printed.lines()).contains("true SmallImage");
                assertThat(new String(rest, UTF_8)).containsPattern("status/[^/{]+/SmallImage");
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
