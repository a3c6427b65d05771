package io.github.cdimqtt.internal.portable;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class that observes the start of the application. In an EAR it is one of a web application, if there is any with an
 * observer or a connection: to classes of EAR/lib, GlassFish fires the start before there is naming, and before a web application
 * has started. Confined to the container's thread.
 */
final class ApplicationClass {
    private static final String OF_WILDFLY = "org.jboss.modules.";

    private @Nullable Class<?> observing;
    private @Nullable Class<?> publishing;

    /** Records a class with an observer of messages. */
    void observes(Class<?> type) {
        observing = innermost(observing, type);
    }

    /** Records a class that a connection is injected into. */
    void publishes(Class<?> type) {
        publishing = innermost(publishing, type);
    }

    /** Returns a class of the application that receives its start event; the extension if none is known. */
    Class<?> get() {
        Class<?> found = observing == null ? publishing : innermost(publishing, observing);
        return found != null && receivesStartEvent(found.getClassLoader()) ? found : PortableExtension.class;
    }

    /** Returns the latter, unless it is of a library that the former is an application of. */
    private static Class<?> innermost(@Nullable Class<?> former, Class<?> latter) {
        return former != null && isAbove(latter.getClassLoader(), former.getClassLoader()) ? former : latter;
    }

    private static boolean isAbove(@Nullable ClassLoader parent, @Nullable ClassLoader child) {
        return child != null
                && parent != child
                && Stream.iterate(child, loader -> loader != null, ClassLoader::getParent)
                        .anyMatch(loader -> loader == parent);
    }

    /** In an EAR, WildFly fires the start of a web application only to classes loaded from the EAR's libraries. */
    private static boolean receivesStartEvent(@Nullable ClassLoader loader) {
        return loader == PortableExtension.class.getClassLoader()
                || loader != null && !loader.getClass().getName().startsWith(OF_WILDFLY);
    }
}
