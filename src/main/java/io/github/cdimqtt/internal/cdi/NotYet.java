package io.github.cdimqtt.internal.cdi;

import io.github.cdimqtt.MqttConfig;
import java.util.ArrayList;
import java.util.List;

/** What settings can say and this version does not do: told at deployment, not with each attempt to connect. */
final class NotYet {

    private NotYet() {}

    /** Returns what is wrong with a configuration for this reason. */
    static List<String> in(MqttConfig config) {
        List<String> faults = new ArrayList<>();
        if (config.serverUris().stream().anyMatch(uri -> uri.startsWith("ssl:") || uri.startsWith("wss:"))) {
            faults.add("TLS is not supported yet; write tcp:// in broker-url and no tls.enabled");
        }
        if (config.serverUris().stream().anyMatch(uri -> uri.startsWith("ws:") || uri.startsWith("wss:"))) {
            faults.add("WebSocket is not supported yet; write tcp:// in broker-url and no transport");
        }
        return faults;
    }
}
