package io.github.cdimqtt.internal.paho;

/**
 * Where a broker listens, taken apart; not {@link java.net.URI}, which finds no host in {@code my_broker}.
 *
 * @param scheme tcp, ssl, ws or wss
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param path with its slash, or empty
 */
record ServerAddress(String scheme, String host, int port, String path) {

    /** Takes apart {@code scheme://host:port[/path]}, as the configuration normalises it. */
    static ServerAddress parse(String uri) {
        int host = uri.indexOf("://") + 3;
        int path = uri.indexOf('/', host);
        int end = path < 0 ? uri.length() : path;
        int port = uri.lastIndexOf(':', end - 1);
        if (host < 3 || port < host) {
            throw new IllegalArgumentException(uri + " is not scheme://host:port");
        }
        return new ServerAddress(
                uri.substring(0, host - 3),
                uri.substring(host, port),
                Integer.parseInt(uri, port + 1, end, 10),
                uri.substring(end));
    }

    boolean isSecure() {
        return scheme.equals("ssl") || scheme.equals("wss");
    }

    boolean isWebSocket() {
        return scheme.equals("ws") || scheme.equals("wss");
    }

    /** Returns host and port as HTTP writes them. */
    String authority() {
        int usual = isSecure() ? 443 : 80;
        return port == usual ? host : host + ":" + port;
    }

    /** Returns what to ask for over HTTP: {@code /mqtt} if nothing is written, as other clients do. */
    String resource() {
        return path.isEmpty() ? "/mqtt" : path;
    }

    /** Returns the URI that it was taken from. */
    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port + path;
    }
}
