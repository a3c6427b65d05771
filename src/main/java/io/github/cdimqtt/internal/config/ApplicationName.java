package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttConfig;
import java.security.CodeSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code {app}} stands for: the application's name in a server, else the class or jar started.
 *
 * @param certain false where it is a guess, which other applications of the same server may share
 */
public record ApplicationName(String text, boolean certain) {
    private static final String PLACEHOLDER = "{app}";
    private static final String JAR = ".jar";

    /** The file or directory of an application; an EAR may have WARs in it. */
    private static final List<Pattern> ARCHIVES = Stream.of(
                    "([^/!]+)\\.ear(?:[/!]|$)", "([^/!]+)\\.war(?:[/!]|$)", "([^/!]+)/WEB-INF/")
            .map(Pattern::compile)
            .toList();

    /** The key that Quarkus sets, whose applications are all started as quarkus-run.jar. */
    static final String OF_QUARKUS = "quarkus.application.name";

    /** Finds it; {@code type} is a class of the application. */
    public static ApplicationName find(Class<?> type, ConfigReader configuration) {
        String ofQuarkus = configuration.resolve("${" + OF_QUARKUS + ":}");
        return ofQuarkus.isEmpty() ? find(type) : new ApplicationName(ofQuarkus, true);
    }

    private static ApplicationName find(Class<?> type) {
        try {
            return new ApplicationName(Naming.lookUp(), true);
        } catch (Exception | LinkageError noServer) { // or no module java.naming, or Open Liberty without its feature
            CodeSource source = type.getProtectionDomain().getCodeSource();
            return of(
                    String.valueOf(source == null ? null : source.getLocation()),
                    System.getProperty("sun.java.command", ""),
                    type.getClassLoader() == ClassLoader.getSystemClassLoader());
        }
    }

    /** Apart, so that nothing else needs the module. */
    private static final class Naming {
        @SuppressWarnings("BanJNDI") // the name is a constant
        static String lookUp() throws NamingException {
            return InitialContext.doLookup("java:app/AppName");
        }
    }

    /**
     * Returns it where there is no naming.
     *
     * @param location where the application's classes are: a server's command says nothing of an application
     * @param onClassPath whether they are on the JVM's own class path, as in Java SE
     */
    static ApplicationName of(String location, String command, boolean onClassPath) {
        for (Pattern each : onClassPath ? List.<Pattern>of() : ARCHIVES) {
            Matcher archive = each.matcher(location);
            if (archive.find()) {
                return new ApplicationName(archive.group(1), false);
            }
        }
        String name = ofCommand(command);
        return new ApplicationName(name, onClassPath || location.contains("/" + name + JAR));
    }

    private static String ofCommand(String command) {
        int end = command.indexOf(' ');
        String started = end < 0 ? command : command.substring(0, end);
        String name = started.endsWith(JAR)
                ? started.substring(
                        Math.max(started.lastIndexOf('/'), started.lastIndexOf('\\')) + 1,
                        started.length() - JAR.length())
                : started.substring(started.lastIndexOf('.') + 1);
        return name.isEmpty() ? "app" : name;
    }

    /** Returns a warning to log if settings are filled in with a guess; null if not. */
    @Nullable
    public String doubt(MqttConfig config) {
        boolean used = !certain
                && Stream.concat(Stream.ofNullable(config.clientId()), ConfiguredTopics.all(config).values().stream())
                        .anyMatch(text -> text.contains(PLACEHOLDER));
        return used
                ? "{app} stands for '" + text + "', which is a guess, as the server does not say what the"
                        + " application is called (java:app/AppName; on Open Liberty that needs the feature jndi-1.0):"
                        + " applications that come to the same client id disconnect each other; write a name in place of"
                        + " {app}"
                : null;
    }
}
