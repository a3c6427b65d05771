package io.github.cdimqtt.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBeanAttributes;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disabled bean is no problem of the deployment, whatever is wrong with it, and no connection is opened for it. */
@Tag("container")
class DisabledBeansTest {

    @Alternative
    @Dependent
    static class AlternativeBean {
        @Inject
        @MqttBroker("mock")
        Mqtt mqtt;

        @Inject
        MqttMessage message;

        @Inject
        AlternativeBean(@TopicParam("room") String room, Mqtt mqtt) {}

        void on(@Observes @MqttTopic("a/#/b") @MqttBroker("mock") String text, @TopicParam("c") StringBuilder c) {}
    }

    @Alternative
    @Dependent
    static class AlternativeProducers {
        @Produces
        @MqttBroker("mock")
        MqttConfig field = MqttConfig.builder().build();

        @Produces
        @MqttBroker("gone")
        MqttConfig method(@MqttBroker("mock") Mqtt mqtt) {
            return field;
        }

        void end(@Disposes @MqttBroker("gone") MqttConfig config, @MqttBroker("mock") Mqtt mqtt) {}
    }

    @Dependent
    static class AlternativeMembers {
        @Produces
        @Alternative
        @MqttBroker("mock")
        MqttConfig field = MqttConfig.builder().build();

        @Produces
        @Alternative
        StringBuilder method(@MqttBroker("mock") Mqtt mqtt) {
            return new StringBuilder();
        }
    }

    @Vetoed
    @Dependent
    static class VetoedBean extends AlternativeBean {
        @Inject
        VetoedBean(@TopicParam("room") String room, Mqtt mqtt) {
            super(room, mqtt);
        }
    }

    @Dependent
    static class VetoedLater {
        @Inject
        @MqttBroker("mock")
        Mqtt mqtt;

        @Produces
        @MqttBroker("mock")
        MqttConfig config() {
            return MqttConfig.builder().build();
        }

        void on(@Observes @MqttTopic("a/#/b") @MqttBroker("mock") String text) {}
    }

    @Dependent
    static class AttributesVetoed extends VetoedLater {}

    static final class Vetoing implements Extension {
        void types(@Observes ProcessAnnotatedType<VetoedLater> event) {
            event.veto();
        }

        void attributes(@Observes ProcessBeanAttributes<AttributesVetoed> event) {
            event.veto();
        }
    }

    @Dependent
    static class Specialized {
        @Inject
        Specialized(@MqttBroker("mock") Mqtt mqtt) {}

        Specialized() {}

        @Produces
        @MqttBroker("mock")
        MqttConfig config() {
            return MqttConfig.builder().build();
        }

        void on(@Observes @MqttTopic("a/#/b") @MqttBroker("mock") String text) {}
    }

    @Dependent
    @Specializes
    static class Specializing extends Specialized {
        @Override
        void on(String text) {}
    }

    static List<Class<?>> with(Class<?> type) {
        return type == Specialized.class
                ? List.of(type, Specializing.class)
                : type == VetoedLater.class || type == AttributesVetoed.class
                        ? List.of(type, Vetoing.class)
                        : List.of(type);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AlternativeBean.class,
                AlternativeMembers.class,
                VetoedBean.class,
                VetoedLater.class,
                AttributesVetoed.class
            })
    void disabledBeans_areIgnored(Class<?> type) {
        try (TestContainer container = TestContainer.start(with(type).toArray(Class<?>[]::new))) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThatThrownBy(() -> mqtt.publish("a", "x")) // not configured and not used, so not opened
                    .isInstanceOf(MqttException.class)
                    .hasMessageStartingWith("there is no connection 'default'");
        }
    }

    @ParameterizedTest
    @PortableOnly // Weld announces their injection points, or the specialized bean itself
    @ValueSource(classes = {AlternativeProducers.class, Specialized.class})
    void disabledBeans_areIgnored_inFullContainers(Class<?> type) {
        disabledBeans_areIgnored(type);
    }

    @Test
    void enabledSubclass_isValidated() {
        WrongDeployment deployment = WrongDeployment.of("", InheritingBean.class);
        assertThat(deployment.deploy())
                .extracting(Throwable::getMessage)
                .containsExactly("MQTT-010: Injecting#mqtt: there is no connection 'mock'; set mqtt.mock.broker-url,"
                        + " or produce an MqttConfig with @MqttBroker(\"mock\")");
    }

    @Dependent
    static class InheritingBean extends Injecting {}

    static class Injecting {
        @Inject
        @MqttBroker("mock")
        Mqtt mqtt;
    }
}
