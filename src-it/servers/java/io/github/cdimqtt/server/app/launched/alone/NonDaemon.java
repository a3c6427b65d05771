package io.github.cdimqtt.server.app.launched.alone;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.locks.LockSupport;

/** Keeps the JVM running, as a server does: the library's own threads are daemons. */
@ApplicationScoped
public class NonDaemon {

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        new Thread(() -> {
                    while (true) {
                        LockSupport.park(this);
                    }
                })
                .start();
    }
}
