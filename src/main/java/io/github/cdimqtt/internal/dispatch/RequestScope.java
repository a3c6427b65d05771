package io.github.cdimqtt.internal.dispatch;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs things within a request scope of their own. Keeps as many controllers as threads used it at once. Thread-safe. */
public final class RequestScope {
    private final Instance<RequestContextController> controllers;
    private final Queue<RequestContextController> idle = new ConcurrentLinkedQueue<>();

    public RequestScope(Instance<RequestContextController> controllers) {
        this.controllers = controllers;
    }

    void run(Runnable task) {
        RequestContextController controller = idle.poll();
        if (controller == null) {
            controller = controllers.get();
        }
        boolean activated = controller.activate();
        try {
            task.run();
        } finally {
            if (activated) {
                controller.deactivate();
            }
            idle.add(controller);
        }
    }
}
