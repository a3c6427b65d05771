package io.github.cdimqtt.internal.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.convert.ApplicationJson;
import io.github.cdimqtt.internal.deployment.WrongDeployment;
import io.github.cdimqtt.internal.portable.TestedFront;
import io.github.cdimqtt.support.SharedRecorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Jackson {@code ObjectMapper} bean of the application reads and writes JSON, as it is configured. */
@Tag("container")
class JacksonBeanTest {

    public record Reading(String roomName, double celsius) {}

    public record Sensor(Reading last) {}

    public static class Open {
        @JsonAnySetter
        public Map<String, Integer> values = new HashMap<>();
    }

    public record Checked(int value) {
        @JsonCreator
        public Checked {
            if (value < 0) {
                throw new IllegalArgumentException("secret");
            }
        }
    }

    /** A type that no mapper makes by itself. */
    public interface Shape {}

    @Dependent
    static class Configuration {
        @Produces
        @Singleton
        ObjectMapper mapper() {
            return new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        }
    }

    @Dependent
    static class Second {
        @Produces
        ObjectMapper mapper() {
            return new ObjectMapper();
        }
    }

    @Dependent
    static class OfJsonb {
        @Produces
        JsonbConfig config() {
            return new JsonbConfig().withPropertyNamingStrategy(PropertyNamingStrategy.UPPER_CAMEL_CASE);
        }
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void reading(@Observes @MqttTopic("reading") Reading reading) {
            recorder.record(reading);
        }
    }

    private static <T> T with(Use<T> use, Class<?>... beans) throws Exception {
        try (TestContainer container = TestContainer.start(beans)) {
            return use.of(ApplicationJson.converter(TestedFront.beans(container)));
        }
    }

    interface Use<T> {
        T of(PayloadConverter<Object> converter) throws Exception;
    }

    private static Object read(Object payload, Type type) throws Exception {
        return with(converter -> converter.read(MqttMessage.of("t", payload), type), Configuration.class);
    }

    private static String written(Object value, Class<?>... beans) throws Exception {
        return new String(with(converter -> converter.write(value), beans), UTF_8);
    }

    @Test
    void observer_isGivenWhatTheMapperReads() {
        try (Deployment deployment = Deployment.of(Observers.class, Configuration.class)) {
            deployment.receive("reading", "{\"room_name\":\"K\u00fcche\",\"celsius\":21.5}");
            assertThat(deployment.recorded()).isEqualTo(List.of(new Reading("K\u00fcche", 21.5)));
        }
    }

    @Test
    void value_isWritten() throws Exception {
        assertThat(written(new Reading("K\u00fcche", 21.5), Configuration.class))
                .isEqualTo("{\"room_name\":\"K\u00fcche\",\"celsius\":21.5}");
    }

    @Test
    void parameterizedType_isRead() throws Exception {
        assertThat(read("[{\"room_name\":\"attic\",\"celsius\":9}]", new TypeLiteral<List<Reading>>() {}.getType()))
                .isEqualTo(List.of(new Reading("attic", 9)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                | empty payload",
                "{\"a\":1                          | not JSON: line 1, column 7",
                "' '                               | not JSON",
                "secret                            | not JSON: line 1, column 7",
                "[]                                | it is a JSON array",
                "\"secret\"                        | it is a JSON string",
                "21.5                              | it is a JSON number",
                "true                              | it is a JSON boolean",
                "{\"celsius\": \"secret\"}           | no such value in field 'celsius'",
                "{\"celsius\": {}}                   | no such value in field 'celsius'",
                "{\"secret\": 1}                    | it has a field that the type has not"
            })
    void jsonOfAnotherType_isReportedWithoutItsText(String text, String reason) {
        assertThatThrownBy(() -> read(text, Reading.class))
                .isInstanceOf(MqttException.class)
                .hasMessage(reason);
    }

    @Test
    void nestedField_isReportedByItsPath() {
        assertThatThrownBy(() -> read("{\"last\":{\"celsius\":\"secret\"}}", Sensor.class))
                .hasMessage("no such value in field 'last.celsius'");
        assertThatThrownBy(() -> read("{\"last\":{\"secret\":1}}", Sensor.class))
                .hasMessage("it has a field that the type has not, in 'last'");
        assertThatThrownBy(
                        () -> read("[{\"secret\":\"x\"}]", new TypeLiteral<List<Map<String, Integer>>>() {}.getType()))
                .hasMessage("no such value in field '[0].{}'");
        assertThatThrownBy(() -> read("{\"secret\":\"x\"}", Open.class)).hasMessage("no such value in field '{}'");
    }

    @Test
    void failureOfTheTypeItself_isPassedOn() {
        assertThatThrownBy(() -> read("{\"value\":-1}", Checked.class))
                .isInstanceOf(IOException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read("{}", Shape.class)).isInstanceOf(InvalidDefinitionException.class);
    }

    @Test
    void jsonThatIsNotUtf8_isAConversionFailure() {
        byte[] latin1 = {'"', (byte) 0xfc, '"'};
        assertThatThrownBy(() -> read(latin1, String.class)).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void anyType_isSupported() throws Exception {
        boolean supported = with(converter -> converter.supports(Shape.class), Configuration.class);
        assertThat(supported).isTrue();
    }

    @Test
    void beanOfJsonb_takesPrecedence() throws Exception {
        assertThat(written(new Reading("attic", 1), Configuration.class, OfJsonb.class))
                .isEqualTo("{\"Celsius\":1.0,\"RoomName\":\"attic\"}");
    }

    @Test
    void severalMappers_areAProblem() {
        assertThat(WrongDeployment.of("", Configuration.class, Second.class).deploy())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("MQTT-032: there is more than one Jsonb, JsonbConfig or ObjectMapper bean to read and write"
                        + " JSON with; give all but one a qualifier");
    }
}
