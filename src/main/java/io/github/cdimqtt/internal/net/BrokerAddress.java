package io.github.cdimqtt.internal.net;

import io.github.cdimqtt.internal.text.Printable;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a broker as {@code broker-url} says it; {@link #complete} adds what other keys say. Immutable.
 *
 * <p>Not a {@link java.net.URI}, which finds no host in {@code my_broker}.
 *
 * @param secure whether it is reached over TLS
 * @param webSocket whether MQTT goes over WebSocket
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 0 for the usual one: 1883, with TLS 8883
 * @param path with its slash and its query, or empty
 * @param inMemory whether it is a broker inside this JVM, whose name is the host
 */
public record BrokerAddress(boolean secure, boolean webSocket, String host, int port, String path, boolean inMemory) {

    private static final String MEMORY = "memory:";
    private static final Pattern MEMORY_NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}._-]+");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*(%[\\w.-]+)?]");
    private static final Pattern END_OF_AUTHORITY = Pattern.compile("[/?]");
    private static final Pattern PATH = Pattern.compile("[\\p{Graph}\\p{L}\\p{N}]*");

    /** What a scheme means: TLS, WebSocket. */
    private static final Map<String, boolean[]> SCHEMES = Map.of(
            "tcp", new boolean[] {false, false},
            "mqtt", new boolean[] {false, false},
            "ssl", new boolean[] {true, false},
            "mqtts", new boolean[] {true, false},
            "ws", new boolean[] {false, true},
            "wss", new boolean[] {true, true});

    /** Makes the address of a broker on the network. */
    public BrokerAddress(boolean secure, boolean webSocket, String host, int port, String path) {
        this(secure, webSocket, host, port, path, false);
    }

    /**
     * Parses a comma list of hosts and URIs.
     *
     * @throws IllegalArgumentException that names every bad address in it, and does not show a query
     */
    public static List<BrokerAddress> parseAll(String text) {
        if (text.indexOf('#') >= 0) {
            throw new IllegalArgumentException("contains a fragment; nothing may follow path and query");
        }
        if (text.indexOf('@') >= 0) {
            throw new IllegalArgumentException("contains user information; write it to username and password");
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty; write tcp://host:port");
        }
        String[] entries = text.split(",", -1);
        List<BrokerAddress> addresses = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String entry : entries) {
            try {
                addresses.add(parse(entry.strip()));
            } catch (IllegalArgumentException e) {
                faults.add(
                        entries.length == 1
                                ? e.getMessage()
                                : "'" + Printable.of(entry.strip()) + "' " + e.getMessage());
            }
        }
        if (addresses.size() > 1 && addresses.stream().anyMatch(BrokerAddress::inMemory)) {
            faults.add("has other addresses beside a broker inside this JVM; write memory:NAME alone");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return List.copyOf(addresses);
    }

    /**
     * Parses one host or URI.
     *
     * @throws IllegalArgumentException that says what is wrong with it, without the address
     */
    public static BrokerAddress parse(String text) {
        if (text.regionMatches(true, 0, MEMORY, 0, MEMORY.length())) {
            return inMemory(text.substring(MEMORY.length()));
        }
        int scheme = text.indexOf("://");
        String rest = scheme < 0 ? text : text.substring(scheme + 3);
        Matcher end = END_OF_AUTHORITY.matcher(rest);
        int slash = end.find() ? end.start() : rest.length();
        String authority = rest.substring(0, slash);
        String path = rest.substring(slash);
        int colon = authority.indexOf(':', Math.max(0, authority.lastIndexOf(']')));
        boolean[] meaning =
                SCHEMES.get(scheme < 0 ? "tcp" : text.substring(0, scheme).toLowerCase(Locale.ROOT));
        if (meaning == null) {
            throw new IllegalArgumentException("has an unknown scheme; write tcp, mqtt, ssl, mqtts, ws or wss");
        }
        if (Printable.hides(authority + path.replaceFirst("[?].*", ""))) {
            throw new IllegalArgumentException("looks like a key or a token; write tcp://host:port");
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("has a space or a control character in its path");
        }
        return new BrokerAddress(
                meaning[0],
                meaning[1],
                checkHost(colon < 0 ? authority : authority.substring(0, colon)),
                colon < 0 ? 0 : port(authority.substring(colon + 1)),
                path);
    }

    private static BrokerAddress inMemory(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("has no name; write memory:NAME");
        }
        if (NUMBER.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "is a host and a port, or a broker inside this JVM; write tcp://memory:PORT, or memory:NAME with a letter");
        }
        if (!MEMORY_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "has a bad name; write memory:NAME, without port and path, of letters a to z,"
                            + " digits, '.', '_' and '-'");
        }
        return new BrokerAddress(false, false, name, 0, "", true);
    }

    /** Returns the name of the broker inside this JVM that complete addresses are of; null for brokers on the network. */
    public static @Nullable String memoryName(List<String> uris) {
        return uris.stream()
                .filter(uri -> uri.startsWith(MEMORY))
                .map(uri -> uri.substring(MEMORY.length()))
                .findFirst()
                .orElse(null);
    }

    private static String checkHost(String host) {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("has no host; write tcp://host:port, an IPv6 address in brackets");
        }
        if (!NAME.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "has a bad host; write a name, an IPv4 address, or an IPv6 address in brackets");
        }
        if (!host.startsWith("[")) {
            checkName(host);
        }
        return host;
    }

    /** What no resolver takes, and no certificate is for. */
    private static void checkName(String host) {
        try {
            if (IDN.toASCII(host).length() <= 254) { // with the dot at the end (RFC 1035, section 2.3.4)
                return;
            }
        } catch (IllegalArgumentException e) {
            // An empty part, or one of more than 63 characters, also when it is written in ASCII.
        }
        throw new IllegalArgumentException("has a bad host; a name has parts of 1 to 63 characters, and 253 in all");
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("has a bad port; 1 to 65535, and an IPv6 address in brackets");
        }
        return Integer.parseInt(text);
    }

    /**
     * Returns the address with all that other keys add to it.
     *
     * @param tls TLS whatever the scheme says
     * @param webSockets WebSocket whatever the scheme says
     * @param defaultPort for an address without a port; 0 for the usual one
     */
    public BrokerAddress complete(boolean tls, boolean webSockets, int defaultPort) {
        if (inMemory) {
            return this;
        }
        boolean overTls = secure || tls;
        int usual = defaultPort == 0 ? usualPort(overTls) : defaultPort;
        boolean emptyPath = path.equals("/") && !webSocket; // of tcp://host/
        return new BrokerAddress(
                overTls, webSocket || webSockets, host, port == 0 ? usual : port, emptyPath ? "" : path);
    }

    private static int usualPort(boolean secure) {
        return secure ? 8883 : 1883;
    }

    /** Returns the host for resolver, certificate and HTTP. */
    public HostName name() {
        return new HostName(host);
    }

    /** Returns host and port of a complete address as HTTP writes them. */
    public String authority() {
        int usual = secure ? 443 : 80;
        String name = name().toHttp();
        return port == usual ? name : name + ":" + port;
    }

    /** Returns the path for HTTP: {@code /mqtt} if there is none, as with other clients. */
    public String resource() {
        return path.startsWith("/") ? path : "/mqtt" + path;
    }

    /** Returns {@code tcp|ssl|ws|wss://host:port[/path][?query]} or {@code memory:name}; a query may be a secret. */
    public String uri() {
        if (inMemory) {
            return MEMORY + host;
        }
        String scheme = webSocket ? (secure ? "wss" : "ws") : secure ? "ssl" : "tcp";
        return scheme + "://" + host + ":" + (port == 0 ? usualPort(secure) : port) + path;
    }

    /** Returns the URI without its query, which may hold a signature. */
    @Override
    public String toString() {
        return Printable.of(complete(false, false, 0).uri());
    }
}
