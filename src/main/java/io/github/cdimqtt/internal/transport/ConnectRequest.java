package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.internal.text.Printable;
import org.jspecify.annotations.Nullable;

/** What differs between attempts to connect; the rest is configuration. Immutable. */
public record ConnectRequest(
        String serverUri,
        String clientId,
        @Nullable String username,
        @Nullable String password) {

    /** Omits the secrets. */
    @Override
    public String toString() {
        return "ConnectRequest[" + Printable.of(serverUri) + " as " + Printable.of(clientId) + "]";
    }
}
