package io.github.cdimqtt.support;

import io.github.cdimqtt.extension.MqttExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/**
 * The CDI container on the class path (Weld 5, Weld 6, OpenWebBeans), with the given classes, beans and extensions and those
 * extensions that are services. Settings are system properties for as long as it is open.
 */
public final class TestContainer implements AutoCloseable {
    /** The key {@code library} of all connections to a broker: {@code -Dit.library=direct}. */
    public static final String LIBRARY = "it.library";

    /** The key {@code protocol-version} of all connections to a broker: {@code -Dit.protocol=5}. */
    public static final String PROTOCOL = "it.protocol";

    /** Whether the build compatible extension is used in place of the portable one: {@code -Plite}. */
    public static final String FRONT = "it.front";

    private static final String URL = ".broker-url";

    /** By its name: the tests in src-it/servers are compiled with this class and CDI 4.0, which lacks what that one needs. */
    private static final String LITE_EXTENSION = "io.github.cdimqtt.support.LiteExtensionOnWeld";

    private final SeContainer container;
    private final Map<String, String> before;
    private final ClassLoader loader;

    private TestContainer(SeContainer container, Map<String, String> before, ClassLoader loader) {
        this.container = container;
        this.before = before;
        this.loader = loader;
    }

    /** Starts one with these classes and no setting. */
    public static TestContainer start(Class<?>... beans) {
        return start(Map.of(), beans);
    }

    /** Starts one with these classes; {@code settings} are configuration keys and their values. */
    public static TestContainer start(Map<String, String> settings, Class<?>... beans) {
        return start(Thread.currentThread().getContextClassLoader(), settings, beans);
    }

    /**
     * Starts one with a context class loader of its own, as each application of a server has: several may be open at a time,
     * which OpenWebBeans keeps apart by that.
     */
    public static TestContainer startApart(Map<String, String> settings, Class<?>... beans) {
        return start(new URLClassLoader(new URL[0], TestContainer.class.getClassLoader()), settings, beans);
    }

    private static TestContainer start(ClassLoader loader, Map<String, String> settings, Class<?>... beans) {
        Map<String, String> before = set(withChoices(settings));
        forgetConfiguration();
        return within(loader, () -> {
            try {
                return new TestContainer(initializer(beans).initialize(), before, loader);
            } catch (RuntimeException | Error e) {
                forget();
                set(before);
                throw e;
            }
        });
    }

    private static <T> T within(ClassLoader loader, Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader outer = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(outer);
        }
    }

    /** Returns the library of all connections that do not choose one. */
    public static String library() {
        return System.getProperty(LIBRARY, "auto");
    }

    /** Returns the version of MQTT of all connections that do not choose one. */
    public static String protocol() {
        return System.getProperty(PROTOCOL, "3.1.1");
    }

    /** Returns whether that is MQTT 5. */
    public static boolean isMqtt5() {
        return protocol().equals("5");
    }

    /** Returns whether the extension is the build compatible one. */
    public static boolean isLite() {
        return System.getProperty(FRONT, "portable").equals("lite");
    }

    /** Chooses library and version of each connection, unless the test does. */
    private static Map<String, String> withChoices(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        for (String key : settings.keySet()) {
            boolean network = !settings.get(key).startsWith("memory:");
            if (key.endsWith(URL) && network && !library().equals("auto")) {
                all.putIfAbsent(key.replace(URL, ".library"), library());
            }
            if (key.endsWith(URL) && !protocol().equals("3.1.1")) {
                all.putIfAbsent(key.replace(URL, ".protocol-version"), protocol());
            }
        }
        return all;
    }

    private static SeContainerInitializer initializer(Class<?>... classes) {
        SeContainerInitializer initializer =
                SeContainerInitializer.newInstance().disableDiscovery();
        if (initializer.getClass().getName().startsWith("org.jboss.weld")) { // it then loads no services either
            for (Extension each : ServiceLoader.load(Extension.class)) {
                if (each instanceof MqttExtension && isLite()) {
                    addLite(initializer);
                } else {
                    initializer.addExtensions(each);
                }
            }
        }
        for (Class<?> each : classes) {
            if (Extension.class.isAssignableFrom(each)) {
                initializer.addExtensions(extension(each));
            } else {
                initializer.addBeanClasses(each);
            }
        }
        return initializer;
    }

    /** As Weld has it, which only CDI 5 has a name for. */
    private static void addLite(SeContainerInitializer weld) {
        try {
            weld.getClass()
                    .getMethod("addBuildCompatibleExtensions", Class[].class)
                    .invoke(weld, (Object) new Class<?>[] {Class.forName(LITE_EXTENSION)});
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(FRONT + "=lite needs Weld 6", e);
        }
    }

    /** Containers instantiate only public ones. */
    private static Extension extension(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Extension) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " needs a constructor without parameters", e);
        }
    }

    /** SmallRye Config caches the names of all properties that ever existed. */
    private static void forgetConfiguration() {
        try {
            ConfigProviderResolver resolver = ConfigProviderResolver.instance();
            resolver.releaseConfig(resolver.getConfig());
        } catch (LinkageError bare) {
            // Nothing is cached then.
        }
    }

    /** OpenWebBeans SE keeps a container that did not start, and then refuses to start another. */
    private static void forget() {
        try {
            Class.forName("org.apache.webbeans.config.WebBeansFinder")
                    .getMethod("clearInstances", Object.class)
                    .invoke(null, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException weld) {
            // Weld does not.
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("OpenWebBeans has changed", e);
        }
    }

    /** Returns the bean of this type. */
    public <T> T get(Class<T> type) {
        return within(loader, () -> container.select(type).get());
    }

    /** Returns the container itself. */
    public SeContainer se() {
        return container;
    }

    @Override
    public void close() {
        try {
            within(loader, () -> {
                if (container.isRunning()) {
                    container.close();
                }
                return null;
            });
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
