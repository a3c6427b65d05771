package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.support.Canary;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Settings of a connection that are not allowed, contradict one another, or name unusable files. */
final class WrongSettings {

    private WrongSettings() {}

    @Dependent
    static class Fine {
        @Inject
        Mqtt mqtt;

        void on(@Observes @MqttTopic("fine") String text) {}
    }

    @Dependent
    static class Plant {
        @Inject
        @MqttBroker("plant")
        Mqtt mqtt;
    }

    private static final String HERE = Path.of("").toAbsolutePath().toString();

    private static WrongDeployment where(String description) {
        return WrongDeployment.of(description, Fine.class);
    }

    static Stream<WrongDeployment> rows() {
        return Stream.of(
                where("keeps alive for an unreadable time")
                        .with("mqtt.keepalive", "a minute")
                        .reports("MQTT-001: mqtt.keepalive='a minute': not a duration; write 5, 5s, 500ms or PT5S"
                                + " (SysPropConfigSource)"),
                where("has two wrong values")
                        .with("mqtt.broker-port", "70000")
                        .with("mqtt.clean-session", "perhaps")
                        .reports(
                                "MQTT-001: mqtt.broker-port='70000': out of range; 1 to 65535 (SysPropConfigSource)",
                                "MQTT-001: mqtt.clean-session='perhaps': unknown; write true or false (SysPropConfigSource)"),
                where("has a password in the address")
                        .with("mqtt.broker-url", "tcp://me:" + Canary.WORD + "@broker")
                        .reports(
                                "MQTT-001: mqtt.broker-url: contains user information; write it to username and password"
                                        + " (SysPropConfigSource)"),
                where("speaks MQTT 6")
                        .with("mqtt.protocol-version", "6")
                        .with("mqtt.session-expiry", "10m")
                        .reports("MQTT-001: mqtt.protocol-version='6': unknown; write 5, 3.1.1 or 3.1"
                                + " (SysPropConfigSource)"),
                where("speaks MQTT 5 through Paho")
                        .with("mqtt.protocol-version", "MQTTv5")
                        .with("mqtt.library", "paho")
                        .reports(
                                "MQTT-002: mqtt.library='paho': does not speak protocol-version=5; set library=auto, or"
                                        + " protocol-version=3.1.1"),
                where("sets keys of MQTT 5 without it, among other faults")
                        .with("mqtt.keepalive", "a minute")
                        .with("mqtt.session-expiry", "10m")
                        .with("mqtt.user-properties", "token=" + Canary.WORD)
                        .with("mqtt.on-failure", "dead-letter")
                        .reports(
                                "MQTT-001: mqtt.keepalive='a minute': not a duration; write 5, 5s, 500ms or PT5S"
                                        + " (SysPropConfigSource)",
                                "MQTT-002: mqtt.on-failure='dead-letter': where to is missing; set dead-letter-topic",
                                "MQTT-002: mqtt.session-expiry: needs protocol-version=5; set that, or remove"
                                        + " session-expiry",
                                "MQTT-002: mqtt.user-properties: needs protocol-version=5; set that, or remove"
                                        + " user-properties"),
                where("has a user property without a name")
                        .with("mqtt.protocol-version", "5")
                        .with("mqtt.user-properties", Canary.WORD)
                        .reports(
                                "MQTT-001: mqtt.user-properties: not a comma list of name=value; set a value with a comma in"
                                        + " code (SysPropConfigSource)"),
                where("awaits answers on a filter")
                        .with("mqtt.protocol-version", "5")
                        .with("mqtt.reply-topic", "reply/#")
                        .reports(
                                "MQTT-003: mqtt.reply-topic: topic 'reply/#': '#' is for filters, no message can have it"
                                        + " (character 6) (SysPropConfigSource)"),
                where("keeps a session without a client id")
                        .with("mqtt.clean-session", "false")
                        .reports(
                                "MQTT-002: mqtt.clean-session='false': the broker knows a session by its client id; set"
                                        + " client-id, without {random}"),
                where("keeps a session of a random client")
                        .with("mqtt.clean-session", "false")
                        .with("mqtt.client-id", "app-{random}")
                        .reports(
                                "MQTT-002: mqtt.clean-session='false': the broker knows a session by its client id; set"
                                        + " client-id, without {random}"),
                where("has presence and a last will")
                        .with("mqtt.presence.topic", "status/app")
                        .with("mqtt.last-will.topic", "status/app")
                        .reports(
                                "MQTT-002: mqtt.presence.topic='status/app': is itself a last will, and there is only one;"
                                        + " remove last-will.topic"),
                where("redelivers without a kept session")
                        .with("mqtt.on-failure", "redeliver")
                        .reports(
                                "MQTT-002: mqtt.on-failure='redeliver': the broker repeats a message only in a session that"
                                        + " it keeps; set clean-session=false"),
                where("has dead letters and no topic for them")
                        .with("mqtt.on-failure", "dead-letter")
                        .reports("MQTT-002: mqtt.on-failure='dead-letter': where to is missing; set dead-letter-topic"),
                where("publishes presence to a filter")
                        .with("mqtt.presence.topic", "status/+")
                        .reports(
                                "MQTT-003: mqtt.presence.topic: topic 'status/+': '+' is for filters, no message can have it"
                                        + " (character 7) (SysPropConfigSource)"),
                where("refers to a key without a value")
                        .with("mqtt.username", "${secret.user}")
                        .reports("MQTT-004: mqtt.username: ${secret.user} has no value; set secret.user or write"
                                + " ${secret.user:default}; write \\${ where no expression is meant"),
                WrongDeployment.of("has a wrong value for a named connection", Plant.class)
                        .with("mqtt.plant.broker-url", "ftp://plant")
                        .reports(
                                "MQTT-001: mqtt.plant.broker-url='ftp://plant': has an unknown scheme; write tcp, mqtt, ssl,"
                                        + " mqtts, ws or wss (SysPropConfigSource)"),
                where("has two files of authorities")
                        .with("mqtt.broker-url", "ssl://broker")
                        .with("mqtt.tls.ca-certs", "ca.pem")
                        .with("mqtt.tls.truststore", "trust.p12")
                        .reports(
                                "MQTT-002: mqtt.tls.ca-certs='ca.pem': says the same as tls.truststore; remove one of them"),
                where("has files for TLS that are not there")
                        .with("mqtt.broker-url", "tcp://a, mqtts://b")
                        .with("mqtt.tls.ca-certs", "no/ca.pem")
                        .with("mqtt.tls.keystore", "no/me.p12")
                        .with("mqtt.tls.keystore-password", Canary.WORD)
                        .reports(
                                "MQTT-022: mqtt.tls.ca-certs='no/ca.pem': there is no such file, seen from " + HERE,
                                "MQTT-022: mqtt.tls.keystore='no/me.p12': there is no such file, seen from " + HERE),
                WrongDeployment.of("has a file for TLS of a named connection that is none", Plant.class)
                        .with("mqtt.plant.broker-url", "plant")
                        .with("mqtt.plant.tls.enabled", "True")
                        .with("mqtt.plant.tls.ca-certs", "pom.xml")
                        .reports("MQTT-022: mqtt.plant.tls.ca-certs='pom.xml': nothing in it is PEM: there is no line"
                                + " -----BEGIN ...-----"),
                where("has a cipher suite that there is not")
                        .with("mqtt.broker-url", "wss://broker/mqtt")
                        .with("mqtt.tls.ciphers", "ROT13")
                        .reports(
                                "MQTT-022: mqtt.tls.ciphers='ROT13': neither the JDK nor OpenSSL has the cipher suite ROT13;"
                                        + " write names such as TLS_AES_128_GCM_SHA256 or ECDHE-RSA-AES128-GCM-SHA256"));
    }
}
