package io.github.cdimqtt.broker;

import io.github.cdimqtt.support.Canary;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Injects an Artemis broker into the test classes and methods that have a parameter for it. It allows {@link #USER} alone and
 * refuses {@link #CLOSED} and {@link #CLOSED_FILTER}. Started for the first test, closed after the last of the run.
 */
public final class SecuredBroker implements ParameterResolver {

    public static final String USER = "anna";
    public static final String PASSWORD = Canary.WORD;

    /** The topic that is closed to all, with those below it. */
    public static final String CLOSED = "vault";

    /** The filter that is closed to all, though the topics that it matches are open. */
    public static final String CLOSED_FILTER = "street/#";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == ArtemisBroker.class;
    }

    @Override
    public ArtemisBroker resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(Namespace.create(SecuredBroker.class))
                .getOrComputeIfAbsent(ArtemisBroker.class, type -> launch(), ArtemisBroker.class);
    }

    private static ArtemisBroker launch() {
        return ArtemisBroker.launch(Access.users(Map.of(USER, PASSWORD)).closing(CLOSED, CLOSED_FILTER));
    }
}
