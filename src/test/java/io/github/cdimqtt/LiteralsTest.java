package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.util.AnnotationLiteral;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Literals with an equals and hashCode of their own are what the JDK makes of the annotation. */
class LiteralsTest {

    record Pair(Annotation annotation, Annotation literal) {}

    /** Written with AnnotationLiteral's own equals and hashCode, which are the JDK's by reflection. */
    private static final class Reflective extends AnnotationLiteral<MqttTopic> implements MqttTopic {
        private static final long serialVersionUID = 1L;

        @Override
        public String value() {
            return "home/{room}/temp";
        }

        @Override
        public Qos qos() {
            return Qos.AT_MOST_ONCE;
        }

        @Override
        public OnFailure onFailure() {
            return OnFailure.DEFAULT;
        }

        @Override
        public Retained retained() {
            return Retained.SEND;
        }
    }

    static void annotated(
            @MqttTopic("home/{room}/temp") String topic,
            @MqttBroker("plant") String broker,
            @TopicParam("room") String param,
            @Unmatched String unmatched,
            @MqttTopic("") String empty) {}

    static void otherwise(
            @MqttTopic("home/+/temp") String topic,
            @MqttTopic(value = "home/{room}/temp", qos = Qos.AT_LEAST_ONCE) String qos,
            @MqttTopic(value = "home/{room}/temp", onFailure = OnFailure.ACK) String onFailure,
            @MqttTopic(value = "home/{room}/temp", retained = Retained.SKIP) String retained,
            @MqttBroker("home/{room}/temp") String broker) {}

    private static Annotation[] on(String method) {
        return Stream.of(LiteralsTest.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(method))
                .flatMap(each -> Stream.of(each.getParameters()))
                .map((Parameter parameter) -> parameter.getAnnotations()[0])
                .toArray(Annotation[]::new);
    }

    static Stream<Pair> pairs() {
        Annotation[] annotations = on("annotated");
        return Stream.of(
                new Pair(annotations[0], MqttTopic.Literal.of("home/{room}/temp")),
                new Pair(annotations[1], MqttBroker.Literal.of("plant")),
                new Pair(annotations[2], TopicParam.Literal.of("room")),
                new Pair(annotations[3], Unmatched.Literal.INSTANCE),
                new Pair(annotations[4], MqttTopic.Literal.of("")));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void literal_equalsTheAnnotationEitherWay(Pair pair) {
        assertThat(pair.literal()).isEqualTo(pair.annotation());
        assertThat(pair.annotation()).isEqualTo(pair.literal());
        assertThat(pair.literal()).hasSameHashCodeAs(pair.annotation());
        assertThat(new HashSet<>(Set.of(pair.annotation()))).contains(pair.literal());
        assertThat(new HashSet<>(Set.of(pair.literal()))).contains(pair.annotation());
        assertThat(pair.literal().annotationType()).isEqualTo(pair.annotation().annotationType());
    }

    @Test
    void literal_differsFromOtherAnnotationsEitherWay() {
        Annotation literal = MqttTopic.Literal.of("home/{room}/temp");
        for (Annotation other : on("otherwise")) {
            assertThat(literal).isNotEqualTo(other);
            assertThat(other).isNotEqualTo(literal);
        }
    }

    @Test
    void literal_equalsOneWithoutAnEqualsOfItsOwn() {
        Annotation literal = MqttTopic.Literal.of("home/{room}/temp");
        assertThat(literal).isEqualTo(new Reflective()).hasSameHashCodeAs(new Reflective());
        assertThat(new Reflective()).isEqualTo(literal);
    }
}
