package io.github.cdimqtt.broker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own: it can be killed and frozen too. */
public abstract class BrokerProcess implements TestBroker {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final TemporaryDirectory directory;
    private final int port = Ports.free();
    private Process process;

    BrokerProcess(String name) {
        this.name = name;
        this.directory = new TemporaryDirectory(name + "-");
    }

    /** Returns the command that runs it. */
    abstract ProcessBuilder command() throws IOException;

    /** Requests an orderly end. */
    abstract void askToEnd(Process running) throws IOException;

    /** Returns the directory of its files. */
    final Path directory() {
        return directory.path();
    }

    @Override
    public final int port() {
        return port;
    }

    @Override
    public final synchronized void start() {
        if (process != null) {
            return;
        }
        try {
            process = command()
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(name).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(this::answers);
    }

    /** Requests an orderly end, with which it saves its state, and waits for it. */
    @Override
    public final synchronized void stop() {
        if (process != null) {
            try {
                askToEnd(process);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            waitForEnd();
        }
    }

    /** Ends it with SIGKILL; it saves nothing. */
    public final synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            waitForEnd();
        }
    }

    /** Freezes it with SIGSTOP: connections stay open, nothing is answered. */
    public final void freeze() {
        signal("STOP");
    }

    /** Continues it after {@link #freeze}. */
    public final void thaw() {
        signal("CONT");
    }

    @Override
    public final void close() {
        kill();
        directory.close();
    }

    private synchronized void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " failed with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended with " + process.exitValue() + ": "
                    + Files.readString(log()).strip());
        }
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private Path log() {
        return directory().resolve(name + ".log");
    }
}
