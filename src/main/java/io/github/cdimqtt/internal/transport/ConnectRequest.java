package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.internal.text.Printable;
import org.jspecify.annotations.Nullable;

/** What differs from one attempt to connect to the next; the rest is configuration. */
public record ConnectRequest(
        String serverUri,
        String clientId,
        @Nullable String username,
        @Nullable String password) {

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "ConnectRequest[" + Printable.of(serverUri) + " as " + Printable.of(clientId) + "]";
    }
}
