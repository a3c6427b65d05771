package io.github.cdimqtt.internal.net.tls;

import io.github.cdimqtt.internal.net.ExplainedException;
import io.github.cdimqtt.internal.text.Printable;

/** A setting of TLS that can't be used: the key, its value as it may be shown, and the reason. */
public final class TlsFault extends ExplainedException {
    private static final long serialVersionUID = 1L;

    TlsFault(String key, String value, String reason) {
        super(key + "='" + Printable.of(value) + "': " + reason);
    }
}
