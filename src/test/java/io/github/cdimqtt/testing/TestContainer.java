package io.github.cdimqtt.testing;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A CDI container of whichever make is on the class path (Weld 5, Weld 6, OpenWebBeans), with the given bean classes and
 * the extensions that are found as services, nothing else. Settings are system properties for as long as it is open.
 */
public final class TestContainer implements AutoCloseable {

    private final SeContainer container;
    private final Map<String, String> before;

    private TestContainer(SeContainer container, Map<String, String> before) {
        this.container = container;
        this.before = before;
    }

    /** Starts one with these beans and no setting. */
    public static TestContainer start(Class<?>... beans) {
        return start(Map.of(), beans);
    }

    /** Starts one with these beans; {@code settings} are configuration keys and their values. */
    public static TestContainer start(Map<String, String> settings, Class<?>... beans) {
        Map<String, String> before = set(settings);
        try {
            return new TestContainer(
                    SeContainerInitializer.newInstance()
                            .disableDiscovery()
                            .addBeanClasses(beans)
                            .initialize(),
                    before);
        } catch (RuntimeException | Error e) {
            set(before);
            throw e;
        }
    }

    /** The bean of this type. */
    public <T> T get(Class<T> type) {
        return container.select(type).get();
    }

    /** The container itself, for what is not here. */
    public SeContainer se() {
        return container;
    }

    @Override
    public void close() {
        try {
            if (container.isRunning()) {
                container.close();
            }
        } finally {
            set(before);
        }
    }

    /** Sets the properties, a null value removing one, and returns what they were. */
    private static Map<String, String> set(Map<String, String> settings) {
        Map<String, String> before = new LinkedHashMap<>();
        settings.forEach((key, value) ->
                before.put(key, value == null ? System.clearProperty(key) : System.setProperty(key, value)));
        return before;
    }
}
