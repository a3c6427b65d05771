package io.github.cdimqtt.internal.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Client identifiers of connections: generated, or with the placeholders {@code {host} {app} {random}} filled in. */
final class ClientId {
    /** What every broker takes, and no more than 23 of them (MQTT 3.1.1 [MQTT-3.1.3-5]). */
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final String PREFIX = "cdimqtt";
    private static final int GENERATED_LENGTH = 23;
    private static final int RANDOM_LENGTH = 10;
    private static final Pattern UNSAFE = Pattern.compile("[^0-9A-Za-z._-]+");

    private ClientId() {}

    /**
     * Makes the identifier of a connection, anew for each start.
     *
     * @param template what is configured; null to generate one
     * @param app the name of the application
     */
    static String of(@Nullable String template, String app) {
        return of(template, app, ClientId::localHost);
    }

    static String of(@Nullable String template, String app, Supplier<String> host) {
        if (template == null) {
            return PREFIX + random(GENERATED_LENGTH - PREFIX.length());
        }
        String id = template.replace("{app}", safe(app));
        id = id.contains("{host}") ? id.replace("{host}", safe(host.get())) : id;
        return id.contains("{random}") ? id.replace("{random}", random(RANDOM_LENGTH)) : id;
    }

    private static String random(int length) {
        return new SecureRandom()
                .ints(length, 0, ALPHABET.length())
                .collect(StringBuilder::new, (id, i) -> id.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
    }

    private static String safe(String name) {
        return UNSAFE.matcher(name).replaceAll("-");
    }

    private static String localHost() {
        // Set in containers; the resolver may be slow or know nothing.
        String name = System.getenv("HOSTNAME");
        if (name != null && !name.isEmpty()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
