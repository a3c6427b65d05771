package io.github.cdimqtt.internal.net.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.internal.text.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The opening handshake of the client (RFC 6455, section 4.1), for the subprotocol {@code mqtt} [MQTT-6.0.0-3]. */
final class WebSocketHandshake {
    /** Of all lines of the response together. */
    private static final int LONGEST = 16 * 1024;

    private static final int LONGEST_SHOWN = 100;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final String authority;
    private final String path;
    private final String key;

    WebSocketHandshake(String authority, String path) {
        byte[] nonce = new byte[16];
        new SecureRandom().nextBytes(nonce);
        this.authority = authority;
        this.path = path;
        this.key = Base64.getEncoder().encodeToString(nonce);
    }

    void perform(InputStream in, OutputStream out) throws IOException {
        out.write(request().getBytes(ISO_8859_1));
        out.flush();
        List<String> answer = answer(in);
        checkStatus(answer.get(0));
        Map<String, String> headers = headers(answer);
        check(headers, "Upgrade", "websocket");
        check(headers, "Connection", "upgrade");
        check(headers, "Sec-WebSocket-Accept", accept());
        check(headers, "Sec-WebSocket-Protocol", "mqtt");
        if (headers.containsKey("Sec-WebSocket-Extensions")) {
            throw new WebSocketException("the server uses an extension of WebSocket that nobody asked for");
        }
    }

    private String request() {
        return "GET " + encoded() + " HTTP/1.1\r\n"
                + "Host: " + authority + "\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + key + "\r\n"
                + "Sec-WebSocket-Protocol: mqtt\r\n"
                + "Sec-WebSocket-Version: 13\r\n\r\n";
    }

    /** A configured path has no space and no control character, but may have letters that are not ASCII. */
    private String encoded() {
        StringBuilder encoded = new StringBuilder();
        for (byte b : path.getBytes(UTF_8)) {
            encoded.append(b < 0 ? String.format(Locale.ROOT, "%%%02X", b) : String.valueOf((char) b));
        }
        return encoded.toString();
    }

    /** Reads the status line and the headers, up to the empty line. */
    private static List<String> answer(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < LONGEST; i++) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException();
            } else if (b != '\n') {
                line.append((char) b);
                checkStart(lines, line);
            } else {
                String text = line.toString().stripTrailing();
                if (text.isEmpty() && !lines.isEmpty()) {
                    return lines;
                }
                lines.add(text);
                line.setLength(0);
            }
        }
        throw new WebSocketException("the answer to the WebSocket handshake has more than 16 KiB");
    }

    /** Reports at once a server that does not speak HTTP, which may never send a whole line. */
    private static void checkStart(List<String> before, StringBuilder line) throws WebSocketException {
        String http = "HTTP/1.1 ";
        if (before.isEmpty() && line.length() <= http.length() && !http.startsWith(line.toString())) {
            throw new WebSocketException("what answers there speaks no WebSocket; check scheme and port in broker-url");
        }
    }

    private void checkStatus(String line) throws WebSocketException {
        if (!line.matches("HTTP/1\\.1 101( .*)?")) {
            throw new WebSocketException(
                    "the server answers '" + shown(line) + "' to the WebSocket handshake for the path "
                            + Printable.of(path.replaceFirst("[?].*", "")) + "; check the path in broker-url");
        }
    }

    private static Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.merge(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip(),
                        (a, b) -> a + "," + b);
            }
        }
        return headers;
    }

    private static void check(Map<String, String> headers, String name, String expected) throws WebSocketException {
        String value = headers.getOrDefault(name, "");
        boolean list = name.equals("Connection");
        boolean fits = list || name.equals("Upgrade")
                ? List.of(value.toLowerCase(Locale.ROOT).split("\\s*,\\s*")).contains(expected)
                : value.equals(expected);
        if (!fits) {
            throw new WebSocketException("the server accepts the WebSocket handshake, but not for MQTT: its " + name
                    + " is '" + shown(value) + "' in place of '" + expected + "'; check the path in broker-url");
        }
    }

    private String accept() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static String shown(String text) {
        String line = Printable.ascii(Printable.of(text));
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "..." : line;
    }
}
