package io.github.cdimqtt.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.SharedRecorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The extension works where it is named, and once where it is found too. */
@Tag("container")
@PortableOnly
class MqttExtensionTest {

    @ApplicationScoped
    static class Climate {
        @Inject
        Mqtt mqtt;

        @Inject
        SharedRecorder recorder;

        void temperature(@Observes @MqttTopic("home/{room}/temp") int celsius, @TopicParam("room") String room) {
            recorder.record(room + " " + celsius + " " + mqtt.isConnected());
        }
    }

    @ApplicationScoped
    static class Plain {
        @Inject
        SharedRecorder recorder;

        void temperature(@Observes @MqttTopic("home/+/temp") int celsius) {
            recorder.record(celsius);
        }
    }

    @BeforeEach
    void disable() {
        System.setProperty("mqtt.enabled", "false");
    }

    @AfterEach
    void enable() {
        System.clearProperty("mqtt.enabled");
    }

    private static void assertCalledOnce(SeContainer container) {
        container
                .getBeanManager()
                .getEvent()
                .select(MqttMessage.class, MqttTopic.Literal.of("home/{room}/temp"))
                .fire(MqttMessage.of("home/kitchen/temp", 60));

        assertThat(container.select(SharedRecorder.class).get().recorded()).containsExactly("kitchen 60 false");
        assertThat(container.select(Mqtt.class).stream()).hasSize(1);
    }

    @Test
    void extension_thatIsNamed_works() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(MqttExtension.class)
                .addBeanClasses(Climate.class, SharedRecorder.class)
                .initialize()) {
            assertCalledOnce(container);
        }
    }

    @Test
    void extension_thatIsAdded_works() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new MqttExtension())
                .addBeanClasses(Climate.class, SharedRecorder.class)
                .initialize()) {
            assertCalledOnce(container);
        }
    }

    @Test
    @Tag("weld") // OpenWebBeans would find all the beans that the tests have
    void extension_thatIsFoundAndNamed_worksOnce() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .addExtensions(MqttExtension.class)
                .addBeanClasses(Climate.class, SharedRecorder.class)
                .initialize()) {
            assertCalledOnce(container);
        }
    }

    @Test
    void extension_thatIsFoundAndAdded_worksOnce() {
        try (TestContainer container =
                TestContainer.start(Map.of(), Climate.class, SharedRecorder.class, MqttExtension.class)) {
            assertCalledOnce(container.se());
        }
    }

    @Test
    void extension_thatIsAddedTwice_worksOnce() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new MqttExtension(), new MqttExtension())
                .addBeanClasses(Climate.class, SharedRecorder.class)
                .initialize()) {
            assertCalledOnce(container);
        }
    }

    @Test
    @Tag("weld") // OpenWebBeans looks for extensions all the same
    void applicationThatInjects_withoutTheExtension_isRefused() {
        SeContainerInitializer without = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Climate.class, SharedRecorder.class);

        assertThatThrownBy(without::initialize)
                .hasMessageStartingWith("WELD-001408: Unsatisfied dependencies for type");
    }

    @Test
    @Tag("weld")
    void applicationThatOnlyObserves_withoutTheExtension_isNotCalled() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Plain.class, SharedRecorder.class)
                .initialize()) {
            container
                    .getBeanManager()
                    .getEvent()
                    .select(MqttMessage.class, MqttTopic.Literal.of("home/+/temp"))
                    .fire(MqttMessage.of("home/kitchen/temp", 60));

            assertThat(container.select(SharedRecorder.class).get().recorded()).isEmpty();
        }
    }
}
