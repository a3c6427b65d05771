package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.Unmatched;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import jakarta.ws.rs.Path;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every kind of observer of messages, in one application. */
class MessagesIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrokerOfTests.application(MessagesIT.class)
            .overrideConfigKey("site", "north");

    enum Mode {
        ECO,
        BOOST
    }

    record Reading(double celsius) {}

    /** Injected into an observer, and destroyed when that is done. */
    @Dependent
    static class Helper {
        @Inject
        Heard heard;

        String help() {
            return "helped";
        }

        @PreDestroy
        void end() {
            heard.add("helper destroyed");
        }
    }

    @ApplicationScoped
    static class ReadingConverter implements PayloadConverter<Reading> {
        @Override
        public boolean supports(Type type) {
            return type == Reading.class;
        }

        @Override
        public Reading read(MqttMessage message, Type type) {
            return new Reading(Double.parseDouble(message.text().replace("C", "")));
        }

        @Override
        public byte[] write(Reading value) {
            return (value.celsius() + "C").getBytes(StandardCharsets.UTF_8);
        }
    }

    abstract static class Inherited<T> {
        @Inject
        Heard heard;

        void inherited(@Observes @MqttTopic("inherited") T payload) {
            heard.add("inherited " + payload + " " + payload.getClass().getSimpleName());
        }

        void nested(@Observes @MqttTopic("inherited/list") Optional<T> payload) {
            heard.add("optional " + payload.get() + " " + payload.get().getClass().getSimpleName());
        }
    }

    @ApplicationScoped
    static class OfIntegers extends Inherited<Integer> {}

    /** A bean as it has an observer: Quarkus makes it dependent. */
    static class WithoutScope {
        @Inject
        Heard heard;

        void on(@Observes @MqttTopic("unscoped") String text) {
            heard.add("unscoped " + text);
        }
    }

    /** A bean as well, whatever annotations it has: in Kotlin, every class has one. */
    @Deprecated
    static class Annotated {
        @Inject
        Heard heard;

        void on(@Observes @MqttTopic("deprecated") String text) {
            heard.add("deprecated " + text);
        }
    }

    /** Quarkus gives it a scope, that of a singleton. */
    @Path("resource")
    static class Resource {
        @Inject
        Heard heard;

        private int messages;

        void on(@Observes @MqttTopic("resource") String text) {
            messages++;
            heard.add("resource " + messages);
        }
    }

    abstract static class Overridden<T> {
        void on(@Observes @MqttTopic("overridden") T payload) {}
    }

    @ApplicationScoped
    static class Overriding extends Overridden<Integer> {
        @Inject
        Heard heard;

        @Override
        void on(@Observes @MqttTopic("overridden") Integer payload) {
            heard.add("overriding " + payload);
        }
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Own {
        final class Literal extends AnnotationLiteral<Own> implements Own {}
    }

    /** As those of Bean Validation are. */
    @Target(ElementType.TYPE_USE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Positive {}

    /** A bean that nobody injects, of a scope that an event begins. */
    @RequestScoped
    static class OnRequest {
        @Inject
        Heard heard;

        void onRequest(@Observes @MqttTopic("request") String text) {
            heard.add("request " + text);
        }
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        Heard heard;

        @Inject
        Mqtt mqtt;

        void number(
                @Observes @MqttTopic("home/{room}/temp") double celsius,
                @TopicParam("room") String room,
                Helper helper,
                MqttMessage message) {
            heard.add(room + " " + celsius + " " + helper.help() + " " + message.topic());
        }

        void annotated(@Observes @MqttTopic("annotated") @Positive double value) {
            heard.add("annotated " + value);
        }

        void converted(@Observes @MqttTopic("reading") Reading reading) {
            heard.add("reading " + reading.celsius());
        }

        void constant(@Observes @MqttTopic("mode") Mode mode) {
            heard.add("mode " + mode);
        }

        void several(
                @Observes @MqttTopic("a/{id}") @MqttTopic("b/{id}/x") String text, @TopicParam("id") long id) {
            heard.add("several " + id + " " + text);
        }

        void async(@ObservesAsync @MqttTopic("async") String text) {
            heard.add("first async " + text);
        }

        void async(@ObservesAsync @MqttTopic("async") byte[] bytes) {
            heard.add("second async " + bytes.length);
        }

        void last(@Observes @Priority(3) @MqttTopic("order") String text) {
            heard.add("3 " + text);
        }

        void first(@Observes @Priority(1) @MqttTopic("order") String text) {
            heard.add("1 " + text);
            throw new IllegalStateException("harms no other");
        }

        void second(@Observes @Priority(2) @MqttTopic("order") String text) {
            heard.add("2 " + text);
        }

        static void identified(@Observes @MqttTopic("ids/{id}") String text, @TopicParam("id") UUID id, Heard heard) {
            heard.add("id " + id.version() + " " + text);
        }

        void expression(@Observes @MqttTopic("${site}/{what}") String text, @TopicParam("what") String what) {
            heard.add("site " + what);
        }

        void unmatched(@Observes @Unmatched MqttMessage message) {
            heard.add("unmatched " + message.topic());
        }

        void every(@Observes @Any MqttMessage message) {
            if (message.topic().startsWith("every/")) {
                heard.add("every " + message.broker());
            }
        }

        void outside(@Observes @MqttBroker("outside") @MqttTopic("every/#") String text) {
            heard.add("outside " + text);
        }

        void alarm(@Observes @MqttTopic("hot") double celsius) {
            mqtt.publish("alarm", "it is hot");
        }

        void own(@Observes @Own MqttMessage message) {
            heard.add("own " + message.text());
        }

        void failed(@Observes MqttEvent.MessageFailed event) {
            heard.add("failed " + event.observer());
        }
    }

    @Inject
    Heard heard;

    @Inject
    Outside outside;

    @Inject
    Mqtt mqtt;

    @Inject
    Event<MqttMessage> fired;

    @Test
    void payloadVariablesBeansAndMessage_areGiven_andBeansDestroyed() throws Exception {
        outside.publish("home/kitchen/temp", 21.5);
        assertThat(heard.next(2)).containsExactly("kitchen 21.5 helped home/kitchen/temp", "helper destroyed");
    }

    @Test
    void payload_isConverted_byABeanAndByItself() throws Exception {
        outside.publish("reading", new Reading(7));
        outside.publish("mode", Mode.BOOST);
        assertThat(heard.next(2)).containsExactly("reading 7.0", "mode BOOST");
    }

    @Test
    void severalTopics_areOfOneObserver() throws Exception {
        outside.publish("a/1", "x");
        outside.publish("b/2/x", "y");
        assertThat(heard.next(2)).containsExactly("several 1 x", "several 2 y");
    }

    @Test
    void asyncObservers_areCalled() throws Exception {
        outside.publish("async", "x");
        assertThat(heard.next(2)).containsExactlyInAnyOrder("first async x", "second async 1");
    }

    @Test
    void priority_orders_andAFailureHarmsNoOther() throws Exception {
        outside.publish("order", "x");
        assertThat(heard.next(4)).containsExactlyInAnyOrder("1 x", "2 x", "3 x", "failed Observers#first(String)");
        outside.publish("order", "y");
        assertThat(heard.next(4)).containsSubsequence("1 y", "2 y", "3 y");
    }

    @Test
    void payloadThatDoesNotConvert_isAFailure() throws Exception {
        outside.publish("home/kitchen/temp", "warm");
        assertThat(heard.next(1))
                .containsExactly("failed Observers#number(double, String, Helper, MqttMessage)");
    }

    @Test
    void inheritedAndStaticObservers_areCalled() throws Exception {
        outside.publish("inherited", "7");
        outside.publish("inherited/list", "7");
        outside.publish("ids/123e4567-e89b-42d3-a456-426614174000", "x");
        assertThat(heard.next(3)).containsExactly("inherited 7 Integer", "optional 7 Integer", "id 4 x");
    }

    @Test
    void beanThatNobodyInjects_observes_inItsScope() throws Exception {
        outside.publish("request", "x");
        assertThat(heard.next(1)).containsExactly("request x");
    }

    @Test
    void classWithoutScope_observes() throws Exception {
        outside.publish("unscoped", "x");
        assertThat(heard.next(1)).containsExactly("unscoped x");
    }

    @Test
    void classWithoutScope_observes_whateverItsAnnotations() throws Exception {
        outside.publish("deprecated", "x");
        assertThat(heard.next(1)).containsExactly("deprecated x");
    }

    @Test
    void scopeThatQuarkusGives_isKept() throws Exception {
        outside.publish("resource", "x");
        outside.publish("resource", "y");
        assertThat(heard.next(2)).containsExactly("resource 1", "resource 2");
    }

    @Test
    void observerThatOverridesAGenericOne_isCalledOnce() throws Exception {
        outside.publish("overridden", 7);
        outside.publish("overridden", 8);
        assertThat(heard.next(2)).containsExactly("overriding 7", "overriding 8");
    }

    @Test
    void messageFiredWithAQualifierOfTheApplication_isHeard() throws Exception {
        fired.select(new Own.Literal()).fire(MqttMessage.of("any", "x"));
        assertThat(heard.next(1)).containsExactly("own x");
    }

    @Test
    void annotationOfAType_isNoPartOfIt() throws Exception {
        outside.publish("annotated", 5);
        assertThat(heard.next(1)).containsExactly("annotated 5.0");
    }

    @Test
    void expressionInAFilter_hasTheValueOfTheStart() throws Exception {
        outside.publish("north/door", "x");
        assertThat(heard.next(1)).containsExactly("site door");
    }

    @Test
    void connections_areKeptApart() throws Exception {
        outside.publish("every/1", "x");
        assertThat(heard.next(2)).containsExactlyInAnyOrder("every outside", "outside x");
    }

    @Test
    void observer_publishes() throws Exception {
        outside.listen("alarm");
        outside.publish("hot", 60);
        assertThat(heard.next(1)).containsExactly("outside alarm it is hot");
    }

    @Test
    void unmatchedMessage_isHeard() throws Exception {
        mqtt.subscribe("nobody/#").toCompletableFuture().get(20, TimeUnit.SECONDS);
        outside.publish("nobody/hears", "x");
        assertThat(heard.next(1)).containsExactly("unmatched nobody/hears");
    }

    @Test
    void messageFiredByHand_isConverted_andItsFailureReachesTheCode() throws Exception {
        Event<MqttMessage> temperature = fired.select(MqttTopic.Literal.of("home/{room}/temp"));
        temperature.fire(MqttMessage.of("home/cellar/temp", "3.5"));
        assertThat(heard.next(2)).containsExactly("cellar 3.5 helped home/cellar/temp", "helper destroyed");
        assertThatThrownBy(() -> temperature.fire(MqttMessage.of("home/cellar/temp", "warm")))
                .isInstanceOf(MqttException.class)
                .hasMessage("the payload on 'home/cellar/temp' does not convert to double: not such a number");
        assertThatThrownBy(() -> fired.select(MqttTopic.Literal.of("order")).fire(MqttMessage.of("order", "x")))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("harms no other");
        assertThat(heard.next(1)).containsExactly("1 x");
    }

    @Test
    void subscriptions_areThoseOfTheObservers() {
        assertThat(mqtt.subscriptions()).containsKeys("home/+/temp", "north/+", "a/+", "b/+/x");
    }
}
