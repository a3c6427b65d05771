package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.convert.ApplicationJson;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.deployment.WrongDeployment;
import io.github.cdimqtt.internal.portable.TestedFront;
import io.github.cdimqtt.support.SharedRecorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A JSON-B bean of the application decides how JSON is read and written. */
@Tag("container")
class JsonbBeanTest {

    public record Reading(String roomName) {}

    /** A type that only an adapter can make. */
    public interface Shape {}

    private static final JsonbConfig SNAKE_CASE =
            new JsonbConfig().withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES);

    @Dependent
    static class Configuration {
        @Produces
        JsonbConfig config() {
            return SNAKE_CASE;
        }
    }

    @Dependent
    static class Binding {
        static final AtomicInteger DISPOSED = new AtomicInteger();

        @Produces
        @ApplicationScoped
        Jsonb jsonb() {
            return JsonbBuilder.create(SNAKE_CASE);
        }

        void close(@Disposes Jsonb jsonb) {
            DISPOSED.incrementAndGet();
        }
    }

    @Dependent
    static class Second {
        @Produces
        JsonbConfig config() {
            return new JsonbConfig();
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

    static class OfAnInterface {
        void on(@Observes @MqttTopic("shape") Shape shape) {}
    }

    private static Object read(String json, Class<?>... beans) {
        try (Deployment deployment = Deployment.of(beans)) {
            deployment.receive("reading", json);
            return deployment.recorded();
        }
    }

    private static String written(Class<?> beans) throws Exception {
        try (TestContainer container = TestContainer.start(beans)) {
            BeanLookup found = TestedFront.beans(container);
            Converters converters = new Converters(found, ApplicationJson.converter(found));
            String json = new String(converters.write(new Reading("attic")));
            converters.close();
            assertThat(container.get(beans)).isNotNull();
            return json;
        }
    }

    @Test
    void withoutBeans_defaultSettingsAreUsed() throws Exception {
        assertThat(read("{\"roomName\":\"attic\"}", Observers.class)).asList().containsExactly(new Reading("attic"));
        assertThat(written(SharedRecorder.class)).isEqualTo("{\"roomName\":\"attic\"}");
    }

    @Test
    void configuration_isUsed() throws Exception {
        assertThat(read("{\"room_name\":\"attic\"}", Observers.class, Configuration.class))
                .asList()
                .containsExactly(new Reading("attic"));
        assertThat(written(Configuration.class)).isEqualTo("{\"room_name\":\"attic\"}");
    }

    @Test
    void jsonbBean_isUsed_andClosedByItsOwnerAlone() throws Exception {
        assertThat(read("{\"room_name\":\"attic\"}", Observers.class, Binding.class))
                .asList()
                .containsExactly(new Reading("attic"));
        assertThat(written(Binding.class)).isEqualTo("{\"room_name\":\"attic\"}");
        assertThat(Binding.DISPOSED).hasPositiveValue();
    }

    @Test
    void typeThatJsonbCannotMake_isLeftToTheConfiguration() {
        try (Deployment deployment = Deployment.of(OfAnInterface.class, Configuration.class)) {
            assertThat(deployment.routing("default").filters()).hasSize(1);
        }
    }

    @Test
    void severalConfigurations_areAProblem() {
        assertThat(WrongDeployment.of("", Configuration.class, Second.class).deploy())
                .singleElement()
                .isInstanceOf(MqttException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo(
                        "MQTT-032: there is more than one Jsonb, JsonbConfig or ObjectMapper bean to read and write JSON with; give all"
                                + " but one a qualifier");
    }
}
