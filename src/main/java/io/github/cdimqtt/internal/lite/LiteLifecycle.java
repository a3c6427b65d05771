package io.github.cdimqtt.internal.lite;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.application.Application;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Opens the connections when the application has started, and stops the observers when it ends. */
@Singleton
class LiteLifecycle {
    private static final int LAST = Integer.MAX_VALUE;

    private final Instance<LiteApplication> all; // none where the portable extension runs, and every class is a bean

    @Inject
    LiteLifecycle(Instance<LiteApplication> all) {
        this.all = all;
    }

    /** Injects what is looked up by type, so that a container of CDI Lite does not remove it as a bean that nobody asks for. */
    @Inject
    @SuppressWarnings("UnusedVariable") // they are looked up where they are needed
    void keep(
            @Any Instance<PayloadConverter<?>> converters,
            @SuppressWarnings("rawtypes") @Any Instance<PayloadConverter> rawConverters,
            @Any Instance<Mqtt> connections,
            @Any Instance<ObserverDefinitions> definitions,
            @Any Instance<MqttConfig> configs,
            @Any Instance<MqttCredentials> credentials,
            @Any Instance<MqttAuthentication> authentications,
            @Any Instance<DataSource> dataSources,
            Instance<RequestContextController> controllers) {}

    void start(@Observes @Priority(LAST) Startup event) {
        if (all.isResolvable()) {
            Application application = all.get().application();
            application.findThreads();
            application.connections().start();
        }
    }

    void stop(@Observes @Priority(LAST) Shutdown event) {
        if (all.isResolvable()) {
            all.get().stopObserving();
        }
    }
}
