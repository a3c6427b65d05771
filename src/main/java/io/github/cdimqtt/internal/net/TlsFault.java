package io.github.cdimqtt.internal.net;

import java.io.IOException;

/** Something that TLS is configured with and that can't be used: the key, its value, why. No secret is in it. */
public final class TlsFault extends IOException {
    private static final long serialVersionUID = 1L;

    TlsFault(String key, String value, String reason) {
        super(key + "='" + value + "': " + reason);
    }
}
