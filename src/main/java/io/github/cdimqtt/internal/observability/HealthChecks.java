package io.github.cdimqtt.internal.observability;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Registers a readiness check of MicroProfile Health for each connection. There is no liveness check, because a restart does
 * not help an application whose broker is gone.
 */
public final class HealthChecks {

    private HealthChecks() {}

    /**
     * Registers the checks; does nothing where MicroProfile Health is absent.
     *
     * @param beanClass the class whose class loader the beans have
     */
    public static void register(
            AfterBeanDiscovery event, Class<?> beanClass, Set<String> brokers, Function<String, Readiness> readiness) {
        Type check;
        Annotation qualifier;
        try { // first, because a bean that is begun can't be withdrawn
            check = HealthCheck.class;
            qualifier = org.eclipse.microprofile.health.Readiness.Literal.INSTANCE;
        } catch (LinkageError absent) {
            return;
        }
        for (String broker : brokers) {
            event.addBean()
                    .id("io.github.cdimqtt.HealthCheck/" + broker)
                    .beanClass(beanClass)
                    .types(check, Object.class)
                    .qualifiers(qualifier, Any.Literal.INSTANCE)
                    .scope(Dependent.class)
                    .createWith(context -> (HealthCheck) () -> response(broker, readiness.apply(broker)));
        }
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
