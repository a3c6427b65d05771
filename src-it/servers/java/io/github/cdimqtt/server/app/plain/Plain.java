package io.github.cdimqtt.server.app.plain;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.util.concurrent.atomic.AtomicInteger;

/** Something to do for the server's CDI. */
@ApplicationScoped
public class Plain {
    private final AtomicInteger starts = new AtomicInteger();

    void start(@Observes Startup event) {
        starts.incrementAndGet();
        try {
            new Settings().isPlain();
        } catch (LinkageError e) {
            // This server has no MicroProfile Config.
        }
    }
}
