package io.github.cdimqtt.server.app.source;

import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Knows one key. */
public class FixedSource implements ConfigSource {
    private static final String KEY = "server.test.source";

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(KEY);
    }

    @Override
    public String getValue(String key) {
        return KEY.equals(key) ? "from-source" : null;
    }

    @Override
    public String getName() {
        return "fixed";
    }
}
