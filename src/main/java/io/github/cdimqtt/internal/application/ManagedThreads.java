package io.github.cdimqtt.internal.application;

import jakarta.enterprise.concurrent.ContextService;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Finds the managed threads that a server offers. The only class that needs the Jakarta Concurrency API. Thread-safe. */
final class ManagedThreads {
    /** Jakarta Concurrency 3.0 [3.3.4.2, 3.4.4.2]: in every server with the full or the web profile. */
    private static final String THREADS = "java:comp/DefaultManagedThreadFactory";

    private static final String CONTEXTS = "java:comp/DefaultContextService";

    /** Jakarta EE 10 [EE.5.15]: unlike those above, bound only where there is a module. */
    private static final String MODULE = "java:module/ModuleName";

    /** A proxy there would start the web application a second time, within its start. */
    private static final String OF_OPEN_LIBERTY = "com.ibm.ws.";

    private ManagedThreads() {}

    /**
     * Returns a factory that makes threads with the context of the thread that calls this method. The factories of WildFly and
     * Payara would use the context of the thread that makes each thread.
     *
     * @throws NamingException if the server has none, or this thread has no naming
     */
    @SuppressWarnings("BanJNDI") // the names are constants
    static ThreadFactory find() throws NamingException {
        ThreadFactory threads = InitialContext.doLookup(THREADS);
        if (threads.getClass().getName().startsWith(OF_OPEN_LIBERTY)) {
            return threads;
        }
        ContextService contexts = InitialContext.doLookup(CONTEXTS);
        return contexts.createContextualProxy(threads, ThreadFactory.class);
    }

    /** Returns whether this thread has the naming of a module. */
    @SuppressWarnings("BanJNDI") // the name is a constant
    static boolean hasNaming() {
        try {
            return InitialContext.doLookup(MODULE) != null;
        } catch (NamingException | RuntimeException e) { // the latter on Open Liberty where the start has failed
            return false;
        }
    }
}
