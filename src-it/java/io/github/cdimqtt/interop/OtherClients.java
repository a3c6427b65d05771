package io.github.cdimqtt.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdimqtt.broker.TestBroker;

/** The clients that messages are exchanged with. */
enum OtherClients {
    MOSQUITTO {
        @Override
        OtherClient connect(TestBroker broker) {
            assumeTrue(MosquittoClients.areInstalled(), "mosquitto_pub and mosquitto_sub are not installed");
            return new MosquittoClient(new MosquittoClients(broker));
        }
    },
    HIVEMQ {
        @Override
        OtherClient connect(TestBroker broker) {
            return new HiveMqClient(broker);
        }
    },
    MQTT_JS {
        @Override
        OtherClient connect(TestBroker broker) {
            assumeTrue(MqttJsClient.isInstalled(), "mqtt.js is not installed: .ci/full interop does that");
            return new MqttJsClient(broker);
        }
    };

    /** Connects one; the test does not run where it is not installed, and says so. */
    abstract OtherClient connect(TestBroker broker);
}
