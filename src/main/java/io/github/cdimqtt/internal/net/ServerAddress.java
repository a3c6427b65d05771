package io.github.cdimqtt.internal.net;

import io.github.cdimqtt.internal.text.Printable;

/**
 * The address of a broker. Not a {@link java.net.URI}, which finds no host in {@code my_broker}. Immutable.
 *
 * @param scheme tcp, ssl, ws or wss
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param path with its slash and its query, or empty
 */
public record ServerAddress(String scheme, String host, int port, String path) {

    /** Parses {@code scheme://host:port[/path][?query]}, as the configuration normalises it. */
    public static ServerAddress parse(String uri) {
        int host = uri.indexOf("://") + 3;
        int end = host;
        while (end < uri.length() && "/?".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        int port = uri.lastIndexOf(':', end - 1);
        if (host < 3 || port < host) {
            throw new IllegalArgumentException(Printable.of(uri) + " is not scheme://host:port");
        }
        return new ServerAddress(
                uri.substring(0, host - 3),
                uri.substring(host, port),
                Integer.parseInt(uri, port + 1, end, 10),
                uri.substring(end));
    }

    public boolean isSecure() {
        return scheme.equals("ssl") || scheme.equals("wss");
    }

    public boolean isWebSocket() {
        return scheme.equals("ws") || scheme.equals("wss");
    }

    public HostName name() {
        return new HostName(host);
    }

    /** Returns host and port as HTTP writes them. */
    public String authority() {
        int usual = isSecure() ? 443 : 80;
        String name = name().toHttp();
        return port == usual ? name : name + ":" + port;
    }

    /** Returns the path for HTTP: {@code /mqtt} if there is none, as with other clients. */
    public String resource() {
        return path.startsWith("/") ? path : "/mqtt" + path;
    }

    /** Returns the URI without its query, which may hold a signature. */
    @Override
    public String toString() {
        return Printable.of(scheme + "://" + host + ":" + port + path);
    }
}
