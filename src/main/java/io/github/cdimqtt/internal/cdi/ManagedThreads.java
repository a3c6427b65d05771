package io.github.cdimqtt.internal.cdi;

import jakarta.enterprise.concurrent.ContextService;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The threads that a server offers to an application. The only class that needs the Jakarta Concurrency API. */
final class ManagedThreads {
    /** Jakarta Concurrency 3.0 [3.3.4.2, 3.4.4.2]: in every server with the full or the web profile. */
    private static final String THREADS = "java:comp/DefaultManagedThreadFactory";

    private static final String CONTEXTS = "java:comp/DefaultContextService";

    private ManagedThreads() {}

    /**
     * Returns a factory that makes threads with the context of the calling thread, wherever it is asked for them later:
     * some servers take the context at the look-up (Open Liberty, Payara), others of whoever asks (WildFly 39).
     *
     * @throws NamingException if the server has none, or this thread no naming
     */
    @SuppressWarnings("BanJNDI") // the names are constants
    static ThreadFactory find() throws NamingException {
        ThreadFactory threads = InitialContext.doLookup(THREADS);
        ContextService contexts = InitialContext.doLookup(CONTEXTS);
        return contexts.createContextualProxy(threads, ThreadFactory.class);
    }
}
