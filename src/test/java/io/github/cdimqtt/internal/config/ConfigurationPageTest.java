package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.documentation.Page;
import org.junit.jupiter.api.Test;

/** The page about configuration has the settings, and no example on any page has a key that is none. */
class ConfigurationPageTest {
    @Test
    void table_isThatOfTheSettings() {
        assertThat(Page.of("configuration")
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("| `"))
                        .map(ConfigurationPageTest::withoutFlask))
                .containsExactlyElementsOf(Settings.ALL.stream()
                        .map(each -> "| " + each.key() + " | "
                                + (each.defaultText() == null ? "" : each.defaultText() + " ") + "| "
                                + each.description() + " |")
                        .toList());
    }

    @Test
    void keys_inExamplesOnAllPages_exist() {
        assertThat(Page.everywhere().stream()
                        .flatMap(page -> page.code("properties").stream())
                        .flatMap(String::lines)
                        .filter(line -> line.startsWith("mqtt."))
                        .map(line -> line.substring("mqtt.".length(), line.indexOf('='))))
                .isNotEmpty()
                .allMatch(key ->
                        Settings.KEYS.contains(key) || Settings.KEYS.contains(key.substring(key.indexOf('.') + 1)));
    }

    private static String withoutFlask(String row) {
        return row.substring(0, row.lastIndexOf('|', row.length() - 2) + 1).replace("`", "");
    }
}
