package io.github.cdimqtt.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation. Immutable.
 *
 * @param file where it is, from the top of the checkout
 * @param text all of it
 */
public record Page(Path file, String text) {
    /** Where it begins. */
    static final Page README = of(Path.of("README.md"));

    private static final Path FOLDER = Path.of("src/site/markdown");
    private static final Pattern CODE = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    /** Returns the page of this name in {@code src/site/markdown}. */
    public static Page of(String name) {
        return of(FOLDER.resolve(name + ".md"));
    }

    private static Page of(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the README and all pages of the site, by their names. */
    static List<Page> all() {
        return Stream.concat(Stream.of(README), under(FOLDER)).toList();
    }

    /** Returns those, and what stands beside the code. */
    public static List<Page> everywhere() {
        return Stream.concat(
                        all().stream(),
                        Stream.of(".github", "examples", "src-it").flatMap(each -> under(Path.of(each))))
                .toList();
    }

    private static Stream<Page> under(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file ->
                            file.toString().endsWith(".md") && !file.toString().contains("target"))
                    .sorted()
                    .map(Page::of)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns its name, which can be that of a package, too. */
    String name() {
        return file.getFileName()
                .toString()
                .replace(".md", "")
                .replace('-', '_')
                .toLowerCase(Locale.ROOT);
    }

    /** Returns its blocks of code in a language, in their order. */
    public List<String> code(String language) {
        return CODE.matcher(text)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** Returns what its headings are linked by, as forges make it. */
    List<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Returns where its links lead that lead to no other site. */
    List<String> links() {
        return LINK.matcher(prose())
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    /** Returns what it says outside of blocks of code. */
    String prose() {
        return CODE.matcher(text).replaceAll("");
    }

    Stream<MatchResult> matches(Pattern pattern) {
        return pattern.matcher(text).results();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
