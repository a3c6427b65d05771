package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.text.Printable;
import org.jspecify.annotations.Nullable;

/** What differs between attempts to connect; the rest is configuration. Immutable. */
public record ConnectRequest(
        BrokerAddress server,
        String clientId,
        @Nullable String username,
        @Nullable String password) {

    /** Omits the secrets. */
    @Override
    public String toString() {
        return "ConnectRequest[" + server + " as " + Printable.of(clientId) + "]";
    }
}
