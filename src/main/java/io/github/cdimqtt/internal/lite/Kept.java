package io.github.cdimqtt.internal.lite;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Map;

/**
 * Beans that inject beans of optional libraries, which are looked up by type: a container of CDI Lite removes those that nobody asks
 * for, but none for which an observer may ask.
 */
@SuppressWarnings("UnusedVariable") // the injection points count
final class Kept {
    private static final Map<String, Class<?>> BY_TYPE = Map.of(
            "com.fasterxml.jackson.databind.ObjectMapper", OfJackson.class,
            "io.micrometer.core.instrument.MeterRegistry", OfMicrometer.class,
            "jakarta.json.bind.Jsonb", OfJsonb.class,
            "jakarta.transaction.TransactionManager", OfTransactions.class);

    private Kept() {}

    /** Returns those of the libraries that are there. */
    static List<String> ofPresentLibraries() {
        return BY_TYPE.entrySet().stream()
                .filter(each -> isPresent(each.getKey()))
                .map(each -> each.getValue().getName())
                .toList();
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, Kept.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    @Singleton
    static class OfJackson {
        @Inject
        @Any
        Instance<ObjectMapper> mappers;

        void keep(@Observes Startup event) {}
    }

    @Singleton
    static class OfMicrometer {
        @Inject
        @Any
        Instance<MeterRegistry> registries;

        void keep(@Observes Startup event) {}
    }

    @Singleton
    static class OfJsonb {
        @Inject
        @Any
        Instance<Jsonb> bindings;

        @Inject
        @Any
        Instance<JsonbConfig> configs;

        void keep(@Observes Startup event) {}
    }

    @Singleton
    static class OfTransactions {
        @Inject
        @Any
        Instance<TransactionManager> managers;

        @Inject
        @Any
        Instance<TransactionSynchronizationRegistry> registries;

        void keep(@Observes Startup event) {}
    }
}
