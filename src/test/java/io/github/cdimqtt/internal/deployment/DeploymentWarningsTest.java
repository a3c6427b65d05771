package io.github.cdimqtt.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A setting or an observer without effect that may be intended is a warning. */
@Tag("container")
class DeploymentWarningsTest {
    private static final Map<String, String> KEPT =
            Map.of("mqtt.clean-session", "false", "mqtt.client-id", "one", "mqtt.broker-url", "localhost");

    @RegisterExtension
    final LogRecorder log = LogRecorder.of("io.github.cdimqtt");

    @Dependent
    static class Redelivered {
        void on(@Observes @MqttTopic(value = "a", onFailure = OnFailure.REDELIVER) String text) {}
    }

    @Dependent
    static class AtMostOnce {
        void on(@Observes @MqttTopic("a") String text) {}
    }

    @Dependent
    static class AtLeastOnce {
        void on(@Observes @MqttTopic(value = "b", qos = Qos.AT_LEAST_ONCE) String text) {}
    }

    @Dependent
    static class Shared {
        void on(@Observes @MqttTopic(value = "$share/g/jobs/#", qos = Qos.AT_LEAST_ONCE) String text) {}
    }

    @Dependent
    static class OwnEvents {
        @Inject
        @UnreachableObservers.Own
        Event<MqttMessage> event;

        void on(@Observes @UnreachableObservers.Own MqttMessage message) {}
    }

    static class NoConstructor {
        NoConstructor(String text) {}

        void on(@Observes @MqttTopic("a") String text) {}
    }

    class Inner {
        void on(@Observes @MqttTopic("a") String text) {}
    }

    @Vetoed
    static class Vetoes {
        Vetoes(String text) {}

        void on(@Observes @MqttTopic("a") String text) {}
    }

    private void deploy(Map<String, String> keys, Class<?>... classes) {
        Map<String, String> all = new HashMap<>(keys);
        all.put("mqtt.enabled", "false");
        TestContainer.start(all, classes).close();
    }

    @Test
    void redelivery_ofQos0_isAWarning() {
        deploy(KEPT, Redelivered.class);
        assertThat(log.lines())
                .containsExactly(
                        "WARNING MQTT-026: Redelivered#on(String): onFailure = REDELIVER has no effect on messages of QoS"
                                + " 0, which no broker sends again; ask for qos = AT_LEAST_ONCE on 'a'");
    }

    @Test
    void redelivery_ofAConnectionWithQos0Alone_isAWarning() {
        Map<String, String> keys = new HashMap<>(KEPT);
        keys.put("mqtt.on-failure", "redeliver");
        deploy(keys, AtMostOnce.class, AtLeastOnce.class);
        assertThat(log.lines()).isEmpty();
        deploy(keys, AtMostOnce.class);
        assertThat(log.lines())
                .containsExactly(
                        "WARNING MQTT-026: on-failure=redeliver of the connection 'default' has no effect, as all"
                                + " observers ask for QoS 0, which no broker sends again; ask for qos = AT_LEAST_ONCE");
    }

    @Test
    void sharedSubscription_inAKeptSession_isAWarning() {
        deploy(Map.of(), Shared.class);
        assertThat(log.lines()).isEmpty();
        deploy(KEPT, Shared.class);
        assertThat(log.lines())
                .containsExactly("WARNING MQTT-027: '$share/g/jobs/#' on the connection 'default': with"
                        + " clean-session=false a broker may go on giving an instance that is gone for good its share,"
                        + " which nobody handles; set clean-session=true for it, or have the broker expire sessions and"
                        + " end those of instances that are removed");
    }

    @Test
    void sharedSubscription_inASessionThatExpires_isNoWarning() {
        Map<String, String> keys = new HashMap<>(KEPT);
        keys.putAll(Map.of("mqtt.protocol-version", "5", "mqtt.session-expiry", "1h"));
        deploy(keys, Shared.class);
        deploy(Map.of("mqtt.protocol-version", "5", "mqtt.session-expiry", "1h"), Shared.class);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void sharedSubscription_inASessionThatNeverExpires_isAWarning() {
        Map<String, String> keys = new HashMap<>(KEPT);
        keys.put("mqtt.protocol-version", "5");
        deploy(keys, Shared.class);
        deploy(Map.of("mqtt.protocol-version", "5", "mqtt.session-expiry", "never"), Shared.class);
        String rest =
                " a broker may go on giving an instance that is gone for good its share, which nobody handles; set"
                        + " session-expiry to a time for it";
        assertThat(log.lines())
                .containsExactly(
                        "WARNING MQTT-027: '$share/g/jobs/#' on the connection 'default': with clean-session=false"
                                + rest,
                        "WARNING MQTT-027: '$share/g/jobs/#' on the connection 'default': with session-expiry=never"
                                + rest);
    }

    @Test
    void redelivery_inASessionThatExpires_needsNoMore() {
        deploy(
                Map.of(
                        "mqtt.protocol-version", "5",
                        "mqtt.session-expiry", "10m",
                        "mqtt.on-failure", "redeliver"),
                AtLeastOnce.class);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void observer_ofMessagesThatOnlyTheApplicationFires_isAWarning() {
        deploy(Map.of(), OwnEvents.class);
        assertThat(log.lines())
                .containsExactly(
                        "WARNING MQTT-028: OwnEvents#on(MqttMessage): no message that arrives has the qualifier"
                                + " @Own; it is called for those that the application fires with it");
    }

    @Test
    @PortableOnly // Quarkus calls the only constructor of a class
    void observers_inAClassThatIsNoBean_areAWarning() {
        deploy(Map.of(), NoConstructor.class, Inner.class, Vetoes.class);
        assertThat(log.lines())
                .containsExactlyInAnyOrder(
                        "WARNING MQTT-025: NoConstructor: it is no bean, so its observers are never called: it has no"
                                + " constructor that is without parameters or has @Inject; add one",
                        "WARNING MQTT-025: Inner: it is no bean, so its observers are never called: it is an inner class;"
                                + " make it static, or a class of its own");
    }
}
