package io.github.cdimqtt;

import io.github.cdimqtt.internal.value.Limits;
import io.github.cdimqtt.internal.value.ShownSettings;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outbox of a connection: the table in the application's own database that holds messages which are published with {@link
 * PublishInTransaction#OUTBOX} until the broker has acknowledged them. The keys {@code outbox.*}. Immutable.
 */
public final class OutboxConfig {
    private static final String TABLE = "cdi_mqtt_outbox";
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 10;

    private final @Nullable String dataSource;
    private final String table;
    private final boolean create;
    private final Duration interval;
    private final int attempts;

    private OutboxConfig(Builder builder) {
        this.dataSource = builder.dataSource;
        this.table = builder.table;
        this.create = builder.create;
        this.interval = builder.interval;
        this.attempts = builder.attempts;
    }

    /** Returns a builder without a data source, and so without an outbox. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that begins with these settings. */
    public Builder toBuilder() {
        return new Builder()
                .dataSource(dataSource)
                .table(table)
                .create(create)
                .interval(interval)
                .attempts(attempts);
    }

    /** Returns the name of the data source: that of a bean, or a JNDI name; null if there is no outbox. */
    public @Nullable String dataSource() {
        return dataSource;
    }

    /** Returns the name of the table. */
    public String table() {
        return table;
    }

    /** Returns whether the table is created where it is missing. */
    public boolean create() {
        return create;
    }

    /** Returns how often the table is looked at when nothing is published. */
    public Duration interval() {
        return interval;
    }

    /** Returns how often a message is sent that the broker refuses. */
    public int attempts() {
        return attempts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OutboxConfig that
                && Objects.equals(dataSource, that.dataSource)
                && table.equals(that.table)
                && create == that.create
                && interval.equals(that.interval)
                && attempts == that.attempts;
    }

    @Override
    public int hashCode() {
        return Objects.hash(dataSource, table, create, interval, attempts);
    }

    /** Lists what is not the default. */
    @Override
    public String toString() {
        ShownSettings shown = new ShownSettings("OutboxConfig");
        show(shown);
        return shown.toString();
    }

    void show(ShownSettings shown) {
        shown.add("outbox.data-source", dataSource)
                .add("outbox.table", table, TABLE)
                .add("outbox.create", create, false)
                .add("outbox.interval", interval, INTERVAL)
                .add("outbox.attempts", attempts, ATTEMPTS);
    }

    /**
     * Makes an {@link OutboxConfig}. Each setter takes only what is allowed: anything else is an {@link MqttException} that starts
     * with the key and says what is allowed. Not thread-safe.
     */
    public static final class Builder {
        private @Nullable String dataSource;
        private String table = TABLE;
        private boolean create;
        private Duration interval = INTERVAL;
        private int attempts = ATTEMPTS;

        private Builder() {}

        /** Sets the data source, which takes part in the application's transactions: the name of a bean, or a JNDI name. */
        public Builder dataSource(@Nullable String value) {
            dataSource = MqttException.checkedText("outbox.data-source", value, Limits.TEXT);
            return this;
        }

        /** Sets the table, perhaps with its schema: letters, digits and underscores, at most 60 in each part. */
        public Builder table(String value) {
            table = MqttException.checked("outbox.table", value, Limits.TABLE);
            return this;
        }

        /** Sets whether the table is created where it is missing: for tests and first steps. */
        public Builder create(boolean value) {
            create = value;
            return this;
        }

        /**
         * Sets how often the table is looked at when nothing is published, and how long what was refused waits; 100 ms to 1 hour, the
         * same in all copies of the application. When the copy dies that sends, another one begins after two to five intervals.
         */
        public Builder interval(Duration value) {
            interval = MqttException.checked("outbox.interval", value, Limits.OUTBOX_INTERVAL);
            return this;
        }

        /** Sets how often a message is sent that the broker refuses, before it is left in the table and marked; 1 or more. */
        public Builder attempts(int value) {
            attempts = MqttException.checked("outbox.attempts", value, Limits.ATTEMPTS);
            return this;
        }

        /** Makes the settings. */
        public OutboxConfig build() {
            return new OutboxConfig(this);
        }
    }
}
