package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.config.ConnectionPrefix;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problems;
import java.util.List;
import java.util.Map;

/** Finds brokers of tests that are injected where the connection goes elsewhere. */
public final class TestBrokerValidator {
    private TestBrokerValidator() {}

    /** Validates all injection points whose connection has its settings from keys. */
    static void validate(Discovered found, Map<String, MqttConfig> configs, Problems problems) {
        for (Discovered.Named each : found.testBrokers()) {
            MqttConfig config = configs.get(each.broker());
            if (config != null && BrokerAddress.memoryName(config.serverUris()) == null) {
                problems.add(
                        MessageId.TEST_BROKER_ELSEWHERE,
                        each.location() + ": " + fault(each.broker(), config.serverUris()));
            }
        }
    }

    /** Returns what is wrong where a connection does not go to a broker inside this JVM. */
    public static String fault(String broker, List<String> uris) {
        return "the connection '" + broker + "' goes to " + String.join(", ", uris)
                + ", and an MqttTestBroker is inside this JVM; set "
                + ConnectionPrefix.of(broker).address() + "=memory:NAME for the tests";
    }
}
