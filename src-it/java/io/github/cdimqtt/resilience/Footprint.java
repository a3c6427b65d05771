package io.github.cdimqtt.resilience;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** The memory and the class loaders that this JVM holds. */
final class Footprint {

    private Footprint() {}

    /** Returns the bytes in use after a collection. */
    static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Returns the number of class loaders after a collection, without those that the JDK makes for fast reflection. */
    static long classLoaders() {
        System.gc();
        try {
            Object stats = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmClassloaderStats",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return stats.toString()
                    .lines()
                    .filter(line -> line.startsWith("0x") && !line.contains("DelegatingClassLoader"))
                    .count();
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
