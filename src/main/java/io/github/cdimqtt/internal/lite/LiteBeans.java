package io.github.cdimqtt.internal.lite;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.internal.application.Connections;
import io.github.cdimqtt.internal.observability.HealthChecks;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;

/** How the beans of each connection are made. */
public final class LiteBeans {
    /** The key of the parameter with the name of the connection. */
    static final String BROKER = "broker";

    private LiteBeans() {}

    private static Connections connections(Instance<Object> beans) {
        return beans.select(LiteApplication.class).get().application().connections();
    }

    /** A connection. */
    public static final class Connection implements SyntheticBeanCreator<Mqtt> {
        @Override
        public Mqtt create(Instance<Object> beans, Parameters parameters) {
            return connections(beans).get(parameters.get(BROKER, String.class));
        }
    }

    /** The broker of tests that a connection goes to. */
    public static final class TestBroker implements SyntheticBeanCreator<MqttTestBroker> {
        @Override
        public MqttTestBroker create(Instance<Object> beans, Parameters parameters) {
            Connections all = connections(beans);
            return MqttTestBroker.named(all.testBroker(parameters.get(BROKER, String.class)))
                    .converting(all.converters());
        }
    }

    /** The health check of a connection. */
    public static final class Health<T> implements SyntheticBeanCreator<T> {
        @Override
        @SuppressWarnings("unchecked") // of the type of health checks
        public T create(Instance<Object> beans, Parameters parameters) {
            return (T) requireNonNull(HealthChecks.ifPresent(), "MicroProfile Health was there at build")
                    .check(
                            parameters.get(BROKER, String.class),
                            broker -> connections(beans).readiness(broker));
        }
    }
}
