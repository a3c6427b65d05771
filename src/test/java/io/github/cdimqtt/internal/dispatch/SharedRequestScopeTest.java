package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The request scope that messages share, while the container is there and after its end. */
@Tag("container")
class SharedRequestScopeTest {
    @Dependent
    static class Observer {
        void arrived(@Observes @MqttTopic("t") String text) {}
    }

    private final List<Object> handled = new ArrayList<>();

    @Test
    void messages_areHandledWithinTheScope() {
        try (Deployment deployment = Deployment.of(Observer.class)) {
            BeanManager beans = deployment.beans();

            deployment
                    .dispatcher(MqttBroker.DEFAULT, true)
                    .batch(() ->
                            handled.add(beans.getContext(RequestScoped.class).isActive()));
        }
        assertThat(handled).containsExactly(true);
    }

    @Test
    void messages_areHandledOnce_ifTheContainerBeginsNoScope() {
        Dispatcher dispatcher;
        try (Deployment deployment = Deployment.of(Observer.class)) {
            dispatcher = deployment.dispatcher(MqttBroker.DEFAULT, true);
        }

        dispatcher.batch(() -> handled.add("message"));

        assertThat(handled).containsExactly("message");
    }
}
