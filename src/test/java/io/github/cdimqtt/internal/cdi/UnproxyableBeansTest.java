package io.github.cdimqtt.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.testing.TestContainer;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.json.bind.JsonbConfig;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bean of a normal scope whose class no client proxy can be made of is a problem at deployment. */
@Tag("container")
class UnproxyableBeansTest {
    private static final AtomicInteger MADE = new AtomicInteger();

    @Dependent
    static class Json {
        @Produces
        @ApplicationScoped
        JsonbConfig config() {
            return new JsonbConfig();
        }
    }

    @Dependent
    static class Settings {
        @Produces
        @ApplicationScoped
        @MqttBroker("plant")
        MqttConfig config() {
            return MqttConfig.builder().enabled(false).build();
        }
    }

    record Point(int x) {}

    static class Points implements PayloadConverter<Point> {
        @Override
        public boolean supports(Type type) {
            return type == Point.class;
        }

        @Override
        public Point read(MqttMessage message, Type type) {
            return new Point(1);
        }

        @Override
        public byte[] write(Point value) {
            return new byte[1];
        }
    }

    @Dependent
    static class Fine {
        @Produces
        @Singleton
        JsonbConfig json() {
            MADE.incrementAndGet();
            return new JsonbConfig();
        }

        @Produces
        @ApplicationScoped
        PayloadConverter<Point> points() {
            MADE.incrementAndGet();
            return new Points();
        }
    }

    @ApplicationScoped
    @MqttBroker("plant")
    @Any
    static class FineCredentials implements MqttCredentials {
        @PostConstruct
        void made() {
            MADE.incrementAndGet();
        }

        @Override
        public String username() {
            return "anna";
        }

        @Override
        public String password() {
            return "secret";
        }
    }

    @ParameterizedTest
    @CsvSource({"Json, JsonbConfig", "Settings, MqttConfig"})
    void bean_isAProblem(String beans, String type) throws ClassNotFoundException {
        Class<?> declaring = Class.forName(UnproxyableBeansTest.class.getName() + "$" + beans);
        assertThat(WrongDeployment.of("", declaring).deploy())
                .singleElement()
                .isInstanceOf(DeploymentProblem.class)
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith(
                        "MQTT-034: " + beans + ": its bean of type " + type + " can't be had, as no client proxy can be"
                                + " made of it, which @ApplicationScoped needs; make it @Dependent (");
    }

    @Test
    void beans_thatCanBeHad_areNotMadeForThat() {
        MADE.set(0);
        TestContainer.start(Fine.class, FineCredentials.class).close();
        assertThat(MADE).hasValue(0);
    }
}
