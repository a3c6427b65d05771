package io.github.cdimqtt.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.reporting.MessageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages name is there: other pages, headings, files, tests, message ids, commands. */
class PagesTest {
    private static final int MOST_LINES_OF_THE_README = 200;

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final Pattern MESSAGE_ID = Pattern.compile("MQTT-\\d{3}");
    private static final Pattern PROJECT = Pattern.compile("mvn [^\n`]*?-f (\\S+)");
    private static final Pattern PROFILE = Pattern.compile("mvn [^\n`]*?-P(\\w[\\w-]*)");
    private static final Pattern KEY_AND_FLASK = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\|.*\\| `(M[^`]+)` \\|$");

    private static List<Page> pages() {
        return Page.everywhere();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_leadToSomething(Page page) {
        assertThat(page.links()).allSatisfy(link -> {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
            assertThat(target).exists();
            if (parts.length == 2) {
                assertThat(page(target).anchors()).contains(parts[1]);
            }
        });
    }

    private static Page page(Path file) {
        return pages().stream()
                .filter(page -> page.file()
                        .toAbsolutePath()
                        .equals(file.toAbsolutePath().normalize()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " is no page"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void headings_differ(Page page) {
        assertThat(page.anchors()).doesNotHaveDuplicates();
    }

    @Test
    void pages_areFoundFromTheReadme() {
        Set<Page> found = new HashSet<>(Set.of(Page.README));
        Deque<Page> next = new ArrayDeque<>(found);
        while (!next.isEmpty()) {
            Page page = next.pop();
            page.links().stream()
                    .map(link -> link.replaceFirst("#.*", ""))
                    .filter(link -> link.endsWith(".md"))
                    .map(page.file()::resolveSibling)
                    .map(PagesTest::page)
                    .filter(found::add)
                    .forEach(next::push);
        }
        assertThat(found).containsAll(Page.all());
    }

    @Test
    void site_hasAllPagesInItsMenus() throws IOException {
        assertThat(Pattern.compile("href=\"([\\w-]+)\\.html\"")
                        .matcher(Files.readString(Path.of("src/site/site.xml")))
                        .results()
                        .map(item -> item.group(1))
                        .filter(name -> !name.equals("index")))
                .containsExactlyInAnyOrderElementsOf(Page.all().stream()
                        .filter(page -> page != Page.README)
                        .map(page -> page.file().getFileName().toString().replace(".md", ""))
                        .toList());
    }

    @Test
    void readme_isShort() {
        assertThat(Page.README.text().lines()).hasSizeLessThanOrEqualTo(MOST_LINES_OF_THE_README);
    }

    /** What it shows first is shown again where it is explained. */
    @Test
    void readme_hasTheCodeOfThePages() {
        assertThat(Stream.of("getting-started", "testing")
                        .flatMap(name -> Page.of(name).code("java").stream())
                        .toList())
                .containsAll(Page.README.code("java"));
    }

    @Test
    void tests_thatAreNamed_exist() throws IOException {
        Set<String> files = new HashSet<>();
        for (String sources : List.of("src/test/java", "src-it")) {
            try (Stream<Path> all = Files.walk(Path.of(sources))) {
                all.forEach(file -> files.add(file.getFileName().toString()));
            }
        }
        assertThat(pages().stream().flatMap(page -> page.matches(TEST)))
                .hasSizeGreaterThan(40)
                .allSatisfy(test -> assertThat(files).contains(test.group(1) + ".java"));
    }

    @Test
    void messageIds_thatAreNamed_exist() {
        Set<String> ids = Stream.of(MessageId.values()).map(MessageId::toString).collect(Collectors.toSet());
        assertThat(pages().stream().flatMap(page -> page.matches(MESSAGE_ID)))
                .allSatisfy(id -> assertThat(ids).contains(id.group()));
    }

    @Test
    void commands_nameProjectsAndProfilesThatExist() throws IOException {
        Set<String> projects = pages().stream()
                .flatMap(page -> page.matches(PROJECT))
                .map(command -> command.group(1))
                .collect(Collectors.toSet());
        assertThat(projects)
                .hasSizeGreaterThan(4)
                .allSatisfy(project -> assertThat(Path.of(project, "pom.xml")).exists());

        String poms = Files.readString(Path.of("pom.xml"));
        for (String project : projects) {
            poms += Files.readString(Path.of(project, "pom.xml"));
        }
        assertThat(pages().stream().flatMap(page -> page.matches(PROFILE)).map(command -> command.group(1)))
                .isNotEmpty()
                .allMatch(Pattern.compile("<id>([\\w-]+)</id>")
                        .matcher(poms)
                        .results()
                        .map(id -> id.group(1))
                        .collect(Collectors.toSet())::contains);
    }

    @Test
    void configurationTable_namesTheVariablesOfFlask() {
        assertThat(Page.of("configuration")
                        .matches(KEY_AND_FLASK)
                        .filter(row -> !row.group(2).equals("Mqtt(connect_async=)")))
                .hasSize(22)
                .allSatisfy(row -> assertThat(row.group(2))
                        .isEqualTo(
                                "MQTT_" + row.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "_")));
    }
}
