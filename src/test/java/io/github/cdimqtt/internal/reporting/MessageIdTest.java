package io.github.cdimqtt.internal.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.documentation.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation lists the catalogue, no id is written in a text, and every id is used. */
class MessageIdTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(MQTT-[0-9]{3})` \\| (.*) \\|$");

    @Test
    void toString_ofEachId_isItsOwn() {
        assertThat(Stream.of(MessageId.values()).map(MessageId::toString))
                .allMatch(id -> id.matches("MQTT-[0-9]{3}"))
                .doesNotHaveDuplicates()
                .isSorted()
                .startsWith("MQTT-001");
    }

    @Test
    void operationsPage_listsAllIdsWithTheirMeaning() {
        assertThat(ROW.matcher(Page.of("operations").text()).results().map(row -> row.group(1) + row.group(2)))
                .containsExactlyElementsOf(Stream.of(MessageId.values())
                        .map(id -> id + id.meaning())
                        .toList());
    }

    @Test
    void code_hasNoIdInATextAndUsesEachOfTheCatalogue() throws IOException {
        String code = code();
        assertThat(Pattern.compile("\"MQTT-[0-9]").matcher(code).results().map(MatchResult::group))
                .isEmpty();
        assertThat(MessageId.values()).allMatch(id -> code.contains("MessageId." + id.name()));
    }

    private static String code() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("MessageId.java"))
                    .forEach(file -> all.append(read(file)));
        }
        return all.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
