package io.github.cdimqtt.quarkus;

import io.quarkus.test.QuarkusUnitTest;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The broker that all tests share: inside the JVM, or with {@code -Dit.broker=mosquitto} a process, which is started before the
 * first test and ends after the last. A service of JUnit.
 */
public final class BrokerOfTests implements LauncherSessionListener {
    private static final String URL = "it.broker-url"; // a system property: Quarkus loads this class anew for each test
    private static final String INSIDE = "memory";

    private Mosquitto broker;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        switch (System.getProperty("it.broker", INSIDE)) {
            case INSIDE -> System.setProperty(URL, "memory:quarkus");
            case "mosquitto" -> {
                broker = Mosquitto.start();
                System.setProperty(URL, broker.url());
            }
            default -> throw new IllegalArgumentException("it.broker: memory and mosquitto are known");
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (broker != null) {
            broker.close();
        }
    }

    /** Returns the address of the broker. */
    static String url() {
        return System.getProperty(URL);
    }

    /** Returns an application with these classes, {@link Heard} and a second connection to the broker, {@link Outside}. */
    static QuarkusUnitTest application(Class<?>... classes) {
        QuarkusUnitTest application = new QuarkusUnitTest()
                .withApplicationRoot(jar -> jar.addClasses(Heard.class, Outside.class, BrokerOfTests.class).addClasses(classes))
                .overrideConfigKey("quarkus.http.test-port", "0")
                .overrideConfigKey("quarkus.devservices.enabled", "false");
        for (String connection : List.of("mqtt.", "mqtt.outside.")) {
            application
                    .overrideConfigKey(connection + "broker-url", url())
                    .overrideConfigKey(connection + "protocol-version", System.getProperty("it.protocol", "3.1.1"));
        }
        return application;
    }
}
