package io.github.cdimqtt.internal.session.store;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a message in a file or a table: each as the number that MQTT has for it (MQTT 5.0, table 2-4), then its
 * value; a text or bytes behind their length. Behind the last one is a 0.
 */
public final class StoredProperties {
    private static final int END = 0;
    private static final int TEXT = 0x01;
    private static final int EXPIRY = 0x02;
    private static final int CONTENT_TYPE = 0x03;
    private static final int RESPONSE_TOPIC = 0x08;
    private static final int CORRELATION_DATA = 0x09;
    private static final int USER = 0x26;

    private StoredProperties() {}

    /** Returns properties as bytes. */
    public static byte[] bytes(MqttProperties properties) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(new DataOutputStream(bytes), properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Returns what {@link #bytes} wrote.
     *
     * @throws IOException if it is anything else
     */
    public static MqttProperties of(byte[] bytes) throws IOException {
        return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    static void write(DataOutputStream out, MqttProperties properties) throws IOException {
        Duration expiry = properties.expiry();
        byte[] correlationData = properties.correlationData();
        if (properties.isText()) {
            out.writeByte(TEXT);
        }
        if (expiry != null) {
            out.writeByte(EXPIRY);
            out.writeLong(expiry.toSeconds());
        }
        write(out, CONTENT_TYPE, properties.contentType());
        write(out, RESPONSE_TOPIC, properties.responseTopic());
        if (correlationData != null) {
            out.writeByte(CORRELATION_DATA);
            StoredMessage.writeField(out, correlationData);
        }
        for (Map.Entry<String, String> each : properties.user()) {
            write(out, USER, each.getKey());
            StoredMessage.writeText(out, each.getValue());
        }
        out.writeByte(END);
    }

    private static void write(DataOutputStream out, int number, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeByte(number);
            StoredMessage.writeText(out, value);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the data is anything else
     */
    static MqttProperties read(DataInputStream in) throws IOException {
        int number = in.readUnsignedByte();
        if (number == END) {
            return MqttProperties.NONE;
        }
        MqttProperties.Builder properties = MqttProperties.receivedBuilder(); // as some messages were
        try {
            for (; number != END; number = in.readUnsignedByte()) {
                read(in, number, properties);
            }
        } catch (MqttException notAllowed) {
            throw new IOException("property " + number + ", of a value that MQTT does not allow", notAllowed);
        }
        return properties.build();
    }

    private static void read(DataInputStream in, int number, MqttProperties.Builder properties) throws IOException {
        switch (number) {
            case TEXT -> properties.text(true);
            case EXPIRY -> properties.expiry(Duration.ofSeconds(in.readLong()));
            case CONTENT_TYPE -> properties.contentType(StoredMessage.readText(in));
            case RESPONSE_TOPIC -> properties.responseTopic(StoredMessage.readText(in));
            case CORRELATION_DATA -> properties.correlationData(StoredMessage.readField(in));
            case USER -> properties.user(StoredMessage.readText(in), StoredMessage.readText(in));
            default -> throw new IOException("property " + number);
        }
    }
}
