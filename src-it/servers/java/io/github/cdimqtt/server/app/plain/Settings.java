package io.github.cdimqtt.server.app.plain;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the server's MicroProfile Config knows: some servers keep what they make for an application that asks it. */
final class Settings {
    private final Config config = ConfigProvider.getConfig();

    boolean isPlain() {
        return config.getOptionalValue("plain", Boolean.class).orElse(false);
    }
}
