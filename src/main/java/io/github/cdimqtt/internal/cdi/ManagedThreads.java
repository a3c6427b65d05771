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

    /** WildFly gives a thread the context of whoever asks for it, and not of whoever looked the factory up. */
    private static final String WITHOUT_CONTEXT = "org.jboss.as.ee.concurrent.";

    private ManagedThreads() {}

    /**
     * Returns a factory that makes threads with the context of the calling thread, whoever asks for them later.
     *
     * @throws NamingException if the server has none, or this thread no naming
     */
    @SuppressWarnings("BanJNDI") // the names are constants
    static ThreadFactory find() throws NamingException {
        ThreadFactory threads = InitialContext.doLookup(THREADS);
        if (!threads.getClass().getName().startsWith(WITHOUT_CONTEXT)) {
            return threads; // a proxy on Open Liberty would start the web application a second time, within its start
        }
        ContextService contexts = InitialContext.doLookup(CONTEXTS);
        return contexts.createContextualProxy(threads, ThreadFactory.class);
    }
}
