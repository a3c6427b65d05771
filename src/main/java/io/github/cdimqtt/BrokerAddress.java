package io.github.cdimqtt;

import io.github.cdimqtt.internal.text.Printable;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One address of {@code broker-url}, as far as it is written there: other keys may add port, TLS and WebSocket.
 *
 * <p>Not {@link java.net.URI}, which finds no host in {@code my_broker}.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 0 if none is written
 * @param path with its slash and its query, or empty
 */
record BrokerAddress(boolean secure, boolean webSocket, String host, int port, String path) {

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

    /** Reads a comma list; every bad address in it is named. */
    static List<BrokerAddress> parseAll(String text) {
        if (text.indexOf('#') >= 0) {
            throw new MqttException("contains a fragment; nothing may follow path and query");
        }
        if (text.indexOf('@') >= 0) {
            throw new MqttException("contains user information; write it to username and password");
        }
        if (text.isBlank()) {
            throw new MqttException("empty; write tcp://host:port");
        }
        String[] entries = text.split(",", -1);
        List<BrokerAddress> addresses = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String entry : entries) {
            try {
                addresses.add(parse(entry.strip()));
            } catch (MqttException e) {
                faults.add(
                        entries.length == 1
                                ? e.getMessage()
                                : "'" + Printable.of(entry.strip()) + "' " + e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new MqttException(String.join("; ", faults));
        }
        return List.copyOf(addresses);
    }

    /** Tells whether a faulty address must not be printed, because there may be a password or a token in it. */
    static boolean mayHoldSecrets(String text) {
        return text.chars().anyMatch(c -> c == '@' || c == '?' || c == '#');
    }

    private static BrokerAddress parse(String text) {
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
            throw new MqttException("has an unknown scheme; write tcp, mqtt, ssl, mqtts, ws or wss");
        }
        if (Printable.hides(authority + path.replaceFirst("[?].*", ""))) {
            throw new MqttException("looks like a key or a token; write tcp://host:port");
        }
        if (!PATH.matcher(path).matches()) {
            throw new MqttException("has a space or a control character in its path");
        }
        return new BrokerAddress(
                meaning[0],
                meaning[1],
                checkHost(colon < 0 ? authority : authority.substring(0, colon)),
                colon < 0 ? 0 : port(authority.substring(colon + 1)),
                path);
    }

    private static String checkHost(String host) {
        if (host.isEmpty()) {
            throw new MqttException("has no host; write tcp://host:port, an IPv6 address in brackets");
        }
        if (!NAME.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            throw new MqttException("has a bad host; write a name, an IPv4 address, or an IPv6 address in brackets");
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
        throw new MqttException("has a bad host; a name has parts of 1 to 63 characters, and 253 in all");
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65_535) {
            throw new MqttException("has a bad port; 1 to 65535, and an IPv6 address in brackets");
        }
        return Integer.parseInt(text);
    }

    /**
     * Returns the URI with all that other keys add.
     *
     * @param tls TLS whatever the scheme says
     * @param webSockets WebSocket whatever the scheme says
     * @param defaultPort for an address without a port; 0 for the usual one
     */
    String uri(boolean tls, boolean webSockets, int defaultPort) {
        boolean overTls = secure || tls;
        String scheme = webSocket || webSockets ? (overTls ? "wss" : "ws") : overTls ? "ssl" : "tcp";
        int usual = defaultPort == 0 ? (overTls ? 8883 : 1883) : defaultPort;
        return scheme + "://" + host + ":" + (port == 0 ? usual : port) + (path.equals("/") && !webSocket ? "" : path);
    }

    /** Leaves the query out: it may be a signature that lets anybody in. */
    @Override
    public String toString() {
        return Printable.of(uri(false, false, 0));
    }
}
