package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientIdTest {

    @Test
    void of_nothing_isWhatEveryBrokerTakesAndNeverTheSame() {
        assertThat(IntStream.range(0, 1000).mapToObj(i -> ClientId.of(null, "app")))
                .allMatch(id -> id.matches("cdimqtt[0-9a-zA-Z]{16}"))
                .doesNotHaveDuplicates();
    }

    @Test
    void of_random_isNeverTheSame() {
        assertThat(IntStream.range(0, 1000).mapToObj(i -> ClientId.of("a-{random}", "app")))
                .allMatch(id -> id.matches("a-[0-9a-zA-Z]{10}"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "fixed, fixed",
        "{app}, My-Shop-1.0.war",
        "{host}/{app}, web-1.example.com/My-Shop-1.0.war",
        "x{host}y{host}, xweb-1.example.comyweb-1.example.com",
        "größe #1, größe #1"
    })
    void of_aTemplate_fillsInPlaceholders(String template, String id) {
        assertThat(ClientId.of(template, "My Shop+1.0.war".replace("+", "/"), () -> "web-1.example.com"))
                .isEqualTo(id);
    }

    @Test
    void of_aHostWithOddCharacters_makesThemDashes() {
        assertThat(ClientId.of("{host}", "app", () -> "Möbel #+/\n1")).isEqualTo("M-bel-1");
    }

    @Test
    void of_host_isThisHost() {
        assertThat(ClientId.of("{host}", "app")).isNotEmpty().matches("[0-9A-Za-z._-]+");
    }
}
