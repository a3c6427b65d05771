package io.github.cdimqtt.internal.lite;

import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticObserver;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.invoke.Invoker;

/**
 * Notifies the observers of a group, in the order of their numbers. It has what calls them: in tests and in dev mode of Quarkus
 * only what belongs to a class of the application may know that.
 */
public final class GroupObserver implements SyntheticObserver<Object> {
    static final String MEMBERS = "members";

    /** Returns the key of what calls an observer. */
    static String invoker(int number) {
        return "invoker" + number;
    }

    @Override
    @SuppressWarnings("unchecked") // of any bean
    public void observe(EventContext<Object> event, Parameters parameters) {
        LiteApplication application =
                CDI.current().select(LiteApplication.class).get();
        for (int number : parameters.get(MEMBERS, int[].class)) {
            application.notify(number, parameters.get(invoker(number), Invoker.class), event);
        }
    }
}
