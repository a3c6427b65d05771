package io.github.cdimqtt.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README lists every id that the library says, and no other; each is said in one place of the code. */
class MessageIdsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern IN_A_STRING = Pattern.compile("\"(MQTT-[0-9]{3})\\b");
    private static final Pattern IN_THE_TABLE = Pattern.compile("(?m)^\\| `(MQTT-[0-9]{3})` \\|");

    private static List<String> ofProblems() {
        return Stream.of(ProblemId.values()).map(ProblemId::toString).toList();
    }

    private static List<String> ofTheLog() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> matches(IN_A_STRING, file))
                    .toList();
        }
    }

    private static Stream<String> matches(Pattern id, Path file) {
        try {
            return id.matcher(Files.readString(file)).results().map((MatchResult match) -> match.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void ids_ofTheLog_areSaidInOnePlaceEach() throws IOException {
        assertThat(ofTheLog()).isNotEmpty().doesNotHaveDuplicates().doesNotContainAnyElementsOf(ofProblems());
    }

    @Test
    void readme_listsAllIdsInOrder() throws IOException {
        TreeSet<String> said = new TreeSet<>(ofProblems());
        said.addAll(ofTheLog());
        assertThat(matches(IN_THE_TABLE, Path.of("README.md"))).containsExactlyElementsOf(said);
    }
}
