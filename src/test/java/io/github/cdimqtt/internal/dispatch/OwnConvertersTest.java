package io.github.cdimqtt.internal.dispatch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Converters of the application for types that have a built-in one: the application's take precedence, in both directions. */
@Tag("container")
class OwnConvertersTest {

    enum Power {
        ON,
        OFF {}
    }

    @Dependent
    static class OnOff implements PayloadConverter<Boolean> {
        @Override
        public boolean supports(Type type) {
            return type == Boolean.class;
        }

        @Override
        public Boolean read(MqttMessage message, Type type) {
            assertThat(type).isEqualTo(Boolean.class);
            return message.text().equals("ON");
        }

        @Override
        public byte[] write(Boolean value) {
            return (value ? "ON" : "OFF").getBytes(UTF_8);
        }
    }

    @ApplicationScoped
    static class Latin1 implements PayloadConverter<String> {
        @Override
        public boolean supports(Type type) {
            return type == String.class;
        }

        @Override
        public String read(MqttMessage message, Type type) {
            return new String(message.payload(), ISO_8859_1);
        }

        @Override
        public byte[] write(String value) {
            return value.getBytes(ISO_8859_1);
        }
    }

    /** Declared for any type, but supports one primitive type alone. */
    @Dependent
    static class Hexadecimal implements PayloadConverter<Object> {
        @Override
        public boolean supports(Type type) {
            return type == int.class;
        }

        @Override
        public Object read(MqttMessage message, Type type) {
            return Integer.parseInt(message.text(), 16);
        }

        @Override
        public byte[] write(Object value) {
            return Integer.toHexString((int) value).getBytes(UTF_8);
        }
    }

    @Dependent
    static class Switches implements PayloadConverter<Power> {
        @Override
        public boolean supports(Type type) {
            return type == Power.class;
        }

        @Override
        public Power read(MqttMessage message, Type type) {
            return message.text().equals("1") ? Power.ON : Power.OFF;
        }

        @Override
        public byte[] write(Power value) {
            return (value == Power.ON ? "1" : "0").getBytes(UTF_8);
        }
    }

    @Dependent
    static class Flags implements PayloadConverter<List<Boolean>> {
        @Override
        public boolean supports(Type type) {
            return type instanceof ParameterizedType list && list.getRawType() == List.class;
        }

        @Override
        public List<Boolean> read(MqttMessage message, Type type) {
            return message.text().chars().mapToObj(each -> each == '1').toList();
        }

        @Override
        public byte[] write(List<Boolean> value) {
            return new byte[0];
        }
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void primitive(@Observes @MqttTopic("boolean/{open}") boolean value, @TopicParam("open") boolean open) {
            recorder.record(value);
            recorder.record(open);
        }

        void box(@Observes @MqttTopic("Boolean") Boolean value) {
            recorder.record(value);
        }

        void text(@Observes @MqttTopic("String/{text}") String value, @TopicParam("text") String text) {
            recorder.record(value + text);
        }

        void number(@Observes @MqttTopic("int") int value) {
            recorder.record(value);
        }

        void number(@Observes @MqttTopic("Integer") Integer value) {
            recorder.record(value);
        }

        void constant(@Observes @MqttTopic("Power") Power value) {
            recorder.record(value);
        }

        void list(@Observes @MqttTopic("list") List<Boolean> value) {
            recorder.record(value);
        }

        void maybe(@Observes @MqttTopic("maybe") Optional<Boolean> value) {
            recorder.record(value);
        }

        void bytes(@Observes @MqttTopic("bytes") byte[] value) {
            recorder.record(value.length);
        }

        void message(@Observes @MqttTopic("as") MqttMessage value) {
            recorder.record(value.as(boolean.class));
            recorder.record(value.as(Boolean.class));
        }
    }

    private static Deployment deployment;

    @BeforeAll
    static void deploy() {
        deployment = Deployment.of(
                Observers.class, OnOff.class, Latin1.class, Hexadecimal.class, Switches.class, Flags.class);
    }

    @AfterAll
    static void undeploy() {
        deployment.close();
    }

    private static List<Object> observed(String topic, Object payload) {
        deployment.receive(topic, payload);
        return deployment.recorded();
    }

    private static String published(Object value) throws Exception {
        return new String(new Converters(deployment.beanLookup(), null).write(value), ISO_8859_1);
    }

    @Test
    void payload_isReadByThem() {
        assertThat(observed("boolean/true", "ON")).containsExactly(true, true);
        assertThat(observed("Boolean", "OFF")).containsExactly(false);
        assertThat(observed("int", "ff")).containsExactly(255);
        assertThat(observed("Integer", "ff")).containsExactly(255);
        assertThat(observed("Power", "1")).containsExactly(Power.ON);
        assertThat(observed("list", "10")).containsExactly(List.of(true, false));
        assertThat(observed("as", "ON")).containsExactly(true, true);
    }

    @Test
    void text_isReadInTheirCharset_andTopicsAreNot() {
        byte[] latin1 = "K\u00fcche".getBytes(ISO_8859_1);
        assertThat(observed("String/K\u00fcche", latin1)).containsExactly("K\u00fccheK\u00fcche");
        assertThat(observed("bytes", latin1)).containsExactly(5);
    }

    @Test
    void optionalValue_isReadByTheConverterOfItsType() {
        assertThat(observed("maybe", "ON")).containsExactly(Optional.of(true));
        assertThat(observed("maybe", "")).containsExactly(Optional.empty());
    }

    @Test
    void values_areWrittenByThem() throws Exception {
        assertThat(published(true)).isEqualTo("ON");
        assertThat(published("K\u00fcche")).isEqualTo("K\u00fcche");
        assertThat(published(new StringBuilder("K\u00fcche"))).isEqualTo("K\u00fcche");
        assertThat(published(255)).isEqualTo("ff");
        assertThat(published(OptionalInt.of(255))).isEqualTo("ff");
        assertThat(published(Optional.of(false))).isEqualTo("OFF");
        assertThat(published(Optional.empty())).isEmpty();
        assertThat(published(Power.OFF)).isEqualTo("0"); // the class of this constant is not Power
        assertThat(published(255L)).isEqualTo("255");
        assertThat(published("bytes".getBytes(UTF_8))).isEqualTo("bytes");
    }
}
