package io.github.cdimqtt.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.portable.TestedFront;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.UnproxyableResolutionException;
import jakarta.inject.Singleton;
import jakarta.json.bind.JsonbConfig;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bean of a normal scope whose class can have no client proxy is a problem of the deployment. */
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

    @ApplicationScoped
    static final class FinalConverter extends Points {}

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

    private static String fault(Class<?> beans, String type) {
        return "MQTT-033: " + beans.getSimpleName() + ": its bean of type " + type
                + " can't be had, as no client proxy can"
                + " be made of it, which @ApplicationScoped needs; make it @Dependent (";
    }

    private static void assertProblem(Class<?> beans, String type) {
        assertThat(WrongDeployment.of("", beans).deploy())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith(fault(beans, type))
                .doesNotContain("\\u000a");
    }

    private static boolean isWeld() {
        return System.getProperty("test.container").contains("weld");
    }

    @Test
    void producedBean_isAProblem() {
        if (isWeld()) {
            assertProblem(Json.class, "JsonbConfig");
            assertProblem(Settings.class, "MqttConfig");
        } else { // this container validates every bean itself
            assertThatThrownBy(() -> TestContainer.start(Json.class))
                    .hasMessageContaining(UnproxyableResolutionException.class.getName());
        }
    }

    /** Weld makes a proxy of the interface alone, OpenWebBeans of the class. */
    @Test
    void bean_ofAFinalClass_isUsedOrAProblem() throws Exception {
        if (isWeld()) {
            try (TestContainer container = TestContainer.start(FinalConverter.class)) {
                assertThat(new Converters(TestedFront.beans(container), null).write(new Point(1)))
                        .hasSize(1);
            }
        } else {
            assertProblem(FinalConverter.class, "PayloadConverter<Point>");
        }
    }

    @Test
    void proxyableBeans_areNotInstantiatedByValidation() {
        MADE.set(0);
        TestContainer.start(Fine.class, FineCredentials.class).close();
        assertThat(MADE).hasValue(0);
    }
}
