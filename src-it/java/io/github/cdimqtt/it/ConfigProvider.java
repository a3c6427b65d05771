package io.github.cdimqtt.it;

import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** A provider of MicroProfile Config that replaces the one on the class path until it is closed. */
final class ConfigProvider extends ConfigProviderResolver implements AutoCloseable {

    private final ConfigProviderResolver before = ConfigProviderResolver.instance();
    private final Supplier<Config> config;

    private ConfigProvider(Supplier<Config> config) {
        this.config = config;
    }

    static ConfigProvider of(Supplier<Config> config) {
        ConfigProvider provider = new ConfigProvider(config);
        ConfigProviderResolver.setInstance(provider);
        return provider;
    }

    @Override
    public void close() {
        ConfigProviderResolver.setInstance(before);
    }

    @Override
    public Config getConfig() {
        return config.get();
    }

    @Override
    public Config getConfig(ClassLoader loader) {
        return config.get();
    }

    @Override
    public ConfigBuilder getBuilder() {
        return before.getBuilder();
    }

    @Override
    public void registerConfig(Config config, ClassLoader loader) {
        throw new UnsupportedOperationException("there is one, for all class loaders");
    }

    @Override
    public void releaseConfig(Config config) {
        // Nothing to release.
    }
}
