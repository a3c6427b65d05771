package io.github.cdimqtt.broker;

import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.testing.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Apache Artemis in a JVM of its own, with a journal on disk: it can be killed. */
public final class ArtemisProcess implements TestBroker {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TemporaryDirectory directory = new TemporaryDirectory("artemis-process-");
    private final int port = Ports.free();
    private Process process;

    private ArtemisProcess() {}

    /** Starts one. */
    public static ArtemisProcess launch() {
        ArtemisProcess broker = new ArtemisProcess();
        broker.start();
        return broker;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void start() {
        if (process != null) {
            return;
        }
        try {
            process = JavaProgram.prepare(ArtemisMain.class, directory.path().toString(), Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("artemis").atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(this::answers);
    }

    @Override
    public synchronized void stop() {
        if (process != null) {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            waitForEnd();
        }
    }

    /** Ends it with SIGKILL: what is not in its journal is gone. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            waitForEnd();
        }
    }

    @Override
    public void close() {
        kill();
        directory.close();
    }

    private void waitForEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process = null;
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Artemis ended with " + process.exitValue());
        }
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
