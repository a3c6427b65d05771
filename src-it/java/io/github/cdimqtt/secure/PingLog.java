package io.github.cdimqtt.secure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The pings and their answers in the log of the broker: that of Mosquitto, or for Artemis that of this JVM. */
final class PingLog extends Handler implements AutoCloseable {
    private final Logger artemis = Logger.getLogger("org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil");
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Path mosquitto;

    PingLog(Path directory) {
        mosquitto = directory.resolve("mosquitto.log");
        artemis.setUseParentHandlers(false);
        artemis.setLevel(Level.ALL);
        artemis.addHandler(this);
    }

    /** Returns the options to start Mosquitto with. */
    String[] options() {
        return new String[] {"log_type all", "log_dest file " + mosquitto};
    }

    /** Returns how many packets of this name were received or sent. */
    long count(String name) {
        try {
            List<String> noted = Files.exists(mosquitto) ? Files.readAllLines(mosquitto) : lines;
            return noted.stream().filter(line -> line.contains(name)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(formatter.formatMessage(line));
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        artemis.removeHandler(this);
        artemis.setLevel(null);
        artemis.setUseParentHandlers(true);
    }
}
