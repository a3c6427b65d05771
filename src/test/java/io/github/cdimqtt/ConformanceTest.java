package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.support.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each statement of MQTT 5.0 that asks something of a client has a test, and the page of them says which. */
class ConformanceTest {
    private static final Path PAGE = Path.of("src/site/markdown/mqtt5-conformance.md");

    /** What the page is to be, written beside the other results. */
    private static final Path WRITTEN = Path.of("target/mqtt5-conformance.md");

    private static final int ROWS = 125;
    private static final int STATEMENTS = 198;

    /** Number, statements, what they ask, tests. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (MQTT-[^|]*) \\| ([^|]*) \\|(.*)\\|$");

    private static final Pattern ID = Pattern.compile("MQTT-[0-9.]+-[0-9]+");

    /** Annotations, what stands between them and the method, and the name of that. */
    private static final Pattern ANNOTATED =
            Pattern.compile("(?s)((?:\n    @Statement\\([^)]*\\))+)\n(.*?)\\bvoid (\\w+)\\(");

    private static final Pattern TEST = Pattern.compile("(?m)^    @(Test|ParameterizedTest)\\b");

    private final String page = read(PAGE);
    private final List<MatchResult> rows = ROW.matcher(page).results().toList();
    private final Map<String, Set<String>> tests = testsOfStatements();

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the tests of each statement, as class and method. */
    private static Map<String, Set<String>> testsOfStatements() {
        Map<String, Set<String>> all = new TreeMap<>();
        for (String sources : List.of("src/test/java", "src-it/java")) {
            try (Stream<Path> files = Files.walk(Path.of(sources))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> add(all, file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    private static void add(Map<String, Set<String>> all, Path file) {
        String type = file.getFileName().toString().replace(".java", "");
        Matcher annotated = ANNOTATED.matcher(read(file));
        while (annotated.find()) {
            String name = type + "." + annotated.group(3);
            assertThat(annotated.group(2))
                    .as("%s: @Statement stands before @Test or @ParameterizedTest of a test that runs", name)
                    .containsPattern(TEST)
                    .doesNotContain("@Disabled");
            idsIn(annotated.group(1))
                    .forEach(id ->
                            all.computeIfAbsent(id, each -> new TreeSet<>()).add(name));
        }
    }

    private static List<String> idsIn(String text) {
        return ID.matcher(text).results().map(MatchResult::group).toList();
    }

    private List<String> statements() {
        return rows.stream().flatMap(row -> idsIn(row.group(2)).stream()).toList();
    }

    @Test
    void page_hasAllStatements_once() {
        assertThat(rows.stream().map(row -> Integer.valueOf(row.group(1))))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ROWS).boxed().toList());
        assertThat(statements()).hasSize(STATEMENTS).doesNotHaveDuplicates();
    }

    @Test
    void statement_hasATest() {
        List<String> without = new ArrayList<>(statements());
        without.removeAll(tests.keySet());
        assertThat(without)
                .as("statements without a test that has @%s", Statement.class.getSimpleName())
                .isEmpty();
    }

    @Test
    void annotation_namesStatementsOfThePage() {
        assertThat(statements()).containsAll(tests.keySet());
    }

    @Test
    void page_namesTheTests() throws IOException {
        String expected = ROW.matcher(page)
                .replaceAll(row -> Matcher.quoteReplacement("| " + row.group(1) + " | " + row.group(2) + " | "
                        + row.group(3) + " | " + testsOf(row.group(2)) + " |"));
        Files.createDirectories(WRITTEN.getParent());
        Files.writeString(WRITTEN, expected);
        assertThat(page)
                .as("%s names the tests that have @Statement; %s is how it has to be: copy it", PAGE, WRITTEN)
                .isEqualTo(expected);
    }

    private String testsOf(String ids) {
        return idsIn(ids).stream()
                .flatMap(id -> tests.getOrDefault(id, Set.of()).stream())
                .distinct()
                .sorted()
                .map(test -> "`" + test + "`")
                .collect(Collectors.joining(", "));
    }
}
