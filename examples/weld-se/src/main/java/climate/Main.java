package climate;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** CDI in Java SE, until Ctrl-C: Weld then closes itself, and the connection with it. */
public final class Main {

    private Main() {}

    /** Starts it. */
    public static void main(String[] args) throws InterruptedException {
        try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
            Thread.currentThread().join();
        }
    }
}
