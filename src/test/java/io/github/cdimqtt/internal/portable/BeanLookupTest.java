package io.github.cdimqtt.internal.portable;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The application's beans are resolved by the rules of CDI, and released at the end. */
@Tag("container")
class BeanLookupTest {
    private static final List<String> ENDED = new CopyOnWriteArrayList<>();

    record Point(int x) {}

    abstract static class Points implements PayloadConverter<Point> {
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
            return getClass().getSimpleName().replaceAll("[^A-Za-z].*", "").getBytes();
        }

        @PreDestroy
        void end() {
            ENDED.add("converter");
        }
    }

    @Dependent
    @Priority(1)
    static class Ordinary extends Points {}

    @Dependent
    @Alternative
    static class Disabled extends Points {}

    /** By its priority it would be the last. */
    @Dependent
    @Alternative
    @Priority(100)
    static class Preferred extends Points {}

    @Dependent
    @Specializes
    static class Special extends Ordinary {}

    @Dependent
    static class Producers {
        @Produces
        @MqttBroker("plant")
        MqttConfig plant() {
            return config("produced");
        }

        void dispose(@Disposes @Any MqttConfig config) {
            ENDED.add("config " + config.clientId());
        }

        @Produces
        @MqttBroker("plant")
        MqttCredentials credentials() {
            return new Credentials();
        }

        void dispose(@Disposes @Any MqttCredentials credentials) {
            ENDED.add("credentials");
        }
    }

    @Dependent
    @Alternative
    @Priority(1)
    static class PreferredProducers {
        @Produces
        @MqttBroker("plant")
        private final MqttConfig plant = config("preferred");
    }

    @Dependent
    @Alternative
    static class DisabledProducers {
        @Produces
        @MqttBroker("mock")
        MqttConfig mock() {
            return config("disabled");
        }
    }

    private static final class Credentials implements MqttCredentials {
        @Override
        public String username() {
            return "anna";
        }

        @Override
        public String password() {
            return "secret";
        }
    }

    /** An extension that adds beans, as other libraries do. */
    static final class Synthetic implements Extension {
        void add(@Observes AfterBeanDiscovery event) {
            event.<MqttConfig>addBean()
                    .id("synthetic")
                    .beanClass(Synthetic.class)
                    .types(MqttConfig.class)
                    .qualifiers(MqttBroker.Literal.of("plant"), Any.Literal.INSTANCE)
                    .scope(Dependent.class)
                    .createWith(context -> config("synthetic"));
        }
    }

    private static MqttConfig config(String clientId) {
        return MqttConfig.builder().enabled(false).clientId(clientId).build();
    }

    @ApplicationScoped
    static class Publisher {
        @Inject
        @MqttBroker("plant")
        Mqtt plant;

        @Inject
        Event<MqttMessage> points;

        void on(@Observes @MqttBroker("plant") @MqttTopic("point") Point point) {}

        void fire() {
            points.select(MqttTopic.Literal.of("point"), MqttBroker.Literal.of("plant"))
                    .fire(MqttMessage.of("point", "1"));
        }

        String id() {
            return plant.clientId();
        }
    }

    @BeforeEach
    void forget() {
        ENDED.clear();
    }

    private static String written(Class<?>... beans) throws Exception {
        try (TestContainer container = TestContainer.start(beans)) {
            return new String(new Converters(TestedFront.beans(container), null).write(new Point(1)));
        }
    }

    private static String clientId(Class<?>... beans) {
        Class<?>[] all = Stream.concat(Stream.of(beans), Stream.of(Publisher.class, Ordinary.class))
                .toArray(Class<?>[]::new);
        try (TestContainer container = TestContainer.start(Map.of(), all)) {
            return container.get(Publisher.class).id();
        }
    }

    @Test
    void converter_thatIsAnAlternative_isUsedWhereEnabled() throws Exception {
        assertThat(written(Ordinary.class, Disabled.class)).isEqualTo("Ordinary");
        assertThat(written(Ordinary.class, Preferred.class)).isEqualTo("Preferred");
    }

    @Test
    void converter_thatSpecializesAnother_replacesIt() throws Exception {
        assertThat(written(Ordinary.class, Special.class)).isEqualTo("Special");
    }

    @Test
    void settings_areThoseOfTheAlternative() {
        assertThat(clientId(Producers.class)).isEqualTo("produced");
        assertThat(clientId(Producers.class, PreferredProducers.class)).isEqualTo("preferred");
    }

    @Test
    void settings_ofADisabledAlternative_areIgnored() {
        try (TestContainer container =
                TestContainer.start(Producers.class, DisabledProducers.class, Publisher.class, Ordinary.class)) {
            assertThat(TestedFront.beans(container).brokersWith(MqttConfig.class))
                    .containsExactly("plant");
        }
    }

    @Test
    @PortableOnly
    void settings_addedByAnExtension_areUsed() {
        assertThat(clientId(Synthetic.class)).isEqualTo("synthetic");
    }

    @Test
    void beans_areReleasedWhenTheApplicationEnds() throws Exception {
        try (TestContainer container = TestContainer.start(Producers.class, Publisher.class, Ordinary.class)) {
            container.get(Publisher.class).fire();
            assertThat(ENDED).isEmpty();
        }
        assertThat(ENDED).containsExactlyInAnyOrder("config produced", "credentials", "converter");
    }
}
