package io.github.cdimqtt.internal.session.reconnect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0.0, 1000",
        "1, 0.5, 1500",
        "1, 0.999999, 1999",
        "2, 0.0, 2000",
        "3, 0.0, 4000",
        "6, 0.0, 30000",
        "6, 0.5, 45000",
        "7, 0.0, 30000",
        "1000000, 0.0, 30000",
        "1000000, 0.999999, 59999"
    })
    void delay_doublesWithJitterUpToTheMaximum(int failures, double random, long millis) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), () -> random);

        assertThat(backoff.after(failures)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "70"})
    void delay_isNeverBelowTheMinimum(int failures) {
        Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(5), () -> 0.3);

        assertThat(backoff.after(failures)).isEqualTo(Duration.ofSeconds(5));
    }
}
