package io.github.cdimqtt.internal.observability;

import java.lang.annotation.Annotation;
import java.util.Locale;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A readiness check of MicroProfile Health for each connection. There is no liveness check, because a restart does
 * not help an application whose broker is gone.
 */
public final class HealthChecks {

    private final Class<?> type;
    private final Annotation qualifier;

    private HealthChecks() { // links classes that may be absent
        type = HealthCheck.class;
        qualifier = org.eclipse.microprofile.health.Readiness.Literal.INSTANCE;
    }

    /** Returns how checks are made; null where MicroProfile Health is absent. */
    public static @Nullable HealthChecks ifPresent() {
        try {
            return new HealthChecks();
        } catch (LinkageError absent) {
            return null;
        }
    }

    /** Returns the type of their beans. */
    public Class<?> type() {
        return type;
    }

    /** Returns the qualifier of their beans. */
    public Annotation qualifier() {
        return qualifier;
    }

    /** Returns the check of a connection. */
    public Object check(String broker, Function<String, Readiness> readiness) {
        return (HealthCheck) () -> response(broker, readiness.apply(broker));
    }

    private static HealthCheckResponse response(String broker, Readiness readiness) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("mqtt " + broker)
                .status(readiness.isReady())
                .withData("use", readiness.use().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .withData("connected", readiness.connected());
        if (!readiness.notGranted().isEmpty()) {
            response.withData("notGranted", String.join(" ", readiness.notGranted()));
        }
        if (readiness.reason() != null) {
            response.withData("reason", readiness.reason());
        }
        return response.build();
    }
}
