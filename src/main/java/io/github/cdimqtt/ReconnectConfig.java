package io.github.cdimqtt;

import io.github.cdimqtt.internal.value.Faults;
import io.github.cdimqtt.internal.value.Limits;
import io.github.cdimqtt.internal.value.ShownSettings;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How long to wait between two attempts to connect: the keys {@code reconnect.*}. Immutable. */
public final class ReconnectConfig {
    private static final Duration MIN_DELAY = Duration.ofSeconds(1);
    private static final Duration MAX_DELAY = Duration.ofSeconds(60);

    private final Duration minDelay;
    private final Duration maxDelay;

    private ReconnectConfig(Builder builder) {
        this.minDelay = builder.minDelay;
        this.maxDelay = builder.maxDelay;
    }

    /** Returns a builder with delays of 1 to 60 seconds. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that begins with these settings. */
    public Builder toBuilder() {
        return new Builder().minDelay(minDelay).maxDelay(maxDelay);
    }

    /** Returns the first delay between two attempts. */
    public Duration minDelay() {
        return minDelay;
    }

    /** Returns the longest delay between two attempts. */
    public Duration maxDelay() {
        return maxDelay;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReconnectConfig that
                && minDelay.equals(that.minDelay)
                && maxDelay.equals(that.maxDelay);
    }

    @Override
    public int hashCode() {
        return Objects.hash(minDelay, maxDelay);
    }

    /** Lists what is not the default. */
    @Override
    public String toString() {
        ShownSettings shown = new ShownSettings("ReconnectConfig");
        show(shown);
        return shown.toString();
    }

    void show(ShownSettings shown) {
        shown.add("reconnect.min-delay", minDelay, MIN_DELAY).add("reconnect.max-delay", maxDelay, MAX_DELAY);
    }

    /**
     * Makes a {@link ReconnectConfig}. Each setter takes only what is allowed: anything else is an {@link
     * MqttException} that starts with the key and says what is allowed. Not thread-safe.
     */
    public static final class Builder {
        private Duration minDelay = MIN_DELAY;
        private Duration maxDelay = MAX_DELAY;

        private Builder() {}

        /** Sets the first delay between two attempts; more than 0, at most 365 days. */
        public Builder minDelay(Duration value) {
            minDelay = MqttException.checked("reconnect.min-delay", value, Limits.POSITIVE_DURATION);
            return this;
        }

        /** Sets the longest delay between two attempts; more than 0, at most 365 days. */
        public Builder maxDelay(Duration value) {
            maxDelay = MqttException.checked("reconnect.max-delay", value, Limits.POSITIVE_DURATION);
            return this;
        }

        /**
         * Makes the settings.
         *
         * @throws MqttException if the first delay is longer than the longest, as {@link MqttConfig.Builder#build()} does
         */
        public ReconnectConfig build() {
            Faults faults = new Faults();
            check(faults);
            MqttException.throwAll(faults);
            return new ReconnectConfig(this);
        }

        void check(Faults faults) {
            faults.addIf(
                    minDelay.compareTo(maxDelay) > 0,
                    "reconnect.min-delay",
                    minDelay,
                    "longer than reconnect.max-delay, " + Faults.period(maxDelay));
        }
    }
}
