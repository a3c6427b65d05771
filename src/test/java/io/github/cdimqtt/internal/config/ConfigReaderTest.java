package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigReaderTest {
    private final ProblemRecorder recorder = new ProblemRecorder();

    @ParameterizedTest
    @EnumSource
    void read_ofTheDefaultConnection_takesItsKeys(Sources sources) {
        ConfigReader reader = recorder.reader(
                sources.of(Map.of("mqtt.broker-url", "file", "mqtt.client-id", "c"), Map.of("MQTT_BROKER_URL", "env")));
        MqttConfig config = reader.read("default");
        assertThat(recorder.problems).isEmpty();
        assertThat(config).hasToString("MqttConfig[broker-url=[tcp://env:1883], client-id=c]");
    }

    @ParameterizedTest
    @EnumSource
    void read_ofNothing_givesTheDefaults(Sources sources) {
        assertThat(recorder.reader(sources.of(Map.of(), Map.of())).read("default"))
                .hasToString("MqttConfig[]");
        assertThat(recorder.problems).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void read_ofANamedConnection_takesItsKeysAndNoOthers(Sources sources) {
        ConfigReader reader = recorder.reader(sources.of(
                Map.of(
                        "mqtt.client-id", "default",
                        "mqtt.username", "default",
                        "mqtt.plant.broker-url", "plant",
                        "mqtt.plant.tls.enabled", "true"),
                Map.of("MQTT_PLANT_KEEPALIVE", "7", "MQTT_MAX_INFLIGHT", "1")));
        assertThat(reader.read("plant"))
                .hasToString("MqttConfig[broker-url=[tcp://plant:1883], keepalive=PT7S, tls.enabled=true]");
        assertThat(recorder.problems).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void read_ofEmptyValues_takesThemAsNotSet(Sources sources) {
        ConfigReader reader = recorder.reader(
                sources.of(Map.of("mqtt.broker-url", "", "mqtt.keepalive", ""), Map.of("MQTT_USERNAME", "")));
        assertThat(reader.read("default")).hasToString("MqttConfig[]");
        assertThat(recorder.problems).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void read_ofWrongValues_tellsAllOfThem(Sources sources) {
        ConfigReader reader = recorder.reader(sources.of(
                Map.of(
                        "mqtt.keepalive", "abc",
                        "mqtt.broker-url", "tcp://user:canary@host",
                        "mqtt.password", "canary\0",
                        "mqtt.dispatch.concurrency", "${missing}",
                        "mqtt.last-will.topic", "a/#",
                        "mqtt.dead-letter-topic", "dead/{topic}/+",
                        "mqtt.on-failure", "redeliver"),
                Map.of("MQTT_MAX_INFLIGHT", "0")));
        assertThat(reader.read("default")).isNull();
        assertThat(recorder.problems)
                .containsExactly(
                        "MQTT-001: mqtt.broker-url: contains user information; write it to username and password ("
                                + sources.file() + ")",
                        "MQTT-001: mqtt.password: contains U+0000, which is not allowed (" + sources.file() + ")",
                        "MQTT-001: mqtt.keepalive='abc': not a duration; write 5, 5s, 500ms or PT5S (" + sources.file()
                                + ")",
                        "MQTT-003: mqtt.last-will.topic: topic 'a/#': '#' is for filters, no message can have it (character 2) ("
                                + sources.file() + ")",
                        "MQTT-001: mqtt.max-inflight='0': out of range; 1 to 65000 ("
                                + sources.variable("MQTT_MAX_INFLIGHT") + ")",
                        "MQTT-004: mqtt.dispatch.concurrency: ${missing} has no value; set missing or write ${missing:default}; write \\${ where no expression is meant",
                        "MQTT-003: mqtt.dead-letter-topic: topic 'dead/{topic}/+': '+' is for filters, no message can have it (character 13) ("
                                + sources.file() + ")",
                        "MQTT-002: mqtt.on-failure='redeliver': the broker repeats a message only in a session that it keeps; set clean-session=false");
    }

    @ParameterizedTest
    @EnumSource
    void read_ofContradictions_tellsThemWithTheNameOfTheConnection(Sources sources) {
        ConfigReader reader = recorder.reader(sources.of(
                Map.of(
                        "mqtt.plant.broker-url", "b",
                        "mqtt.plant.clean-session", "false",
                        "mqtt.plant.presence.topic", "p",
                        "mqtt.plant.last-will.topic", "w",
                        "mqtt.plant.last-will.message", "canary"),
                Map.of()));
        assertThat(reader.read("plant")).isNull();
        assertThat(recorder.problems)
                .containsExactly(
                        "MQTT-002: mqtt.plant.clean-session='false': the broker knows a session by its client id; set client-id, without {random}",
                        "MQTT-002: mqtt.plant.presence.topic='p': is itself a last will, and there is only one; remove last-will.topic, last-will.message");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mqtt.clean-session=false,mqtt.client-id={x}             | MQTT-001: mqtt.client-id='{x}': unknown placeholder {x}; {host}, {app} or {random} (app.properties)
                    mqtt.clean-session=x,mqtt.on-failure=redeliver          | MQTT-001: mqtt.clean-session='x': unknown; write true or false (app.properties)
                    mqtt.password=p,mqtt.username=${u}                      | MQTT-004: mqtt.username: ${u} has no value; set u or write ${u:default}; write \\${ where no expression is meant
                    mqtt.last-will.retain=true,mqtt.last-will.topic=#       | MQTT-003: mqtt.last-will.topic: topic '#': '#' is for filters, no message can have it (character 0) (app.properties)
                    mqtt.on-failure=dead-letter,mqtt.dead-letter-topic=+    | MQTT-003: mqtt.dead-letter-topic: topic '+': '+' is for filters, no message can have it (character 0) (app.properties)
                    mqtt.reconnect.min-delay=2m,mqtt.reconnect.max-delay=x  | MQTT-001: mqtt.reconnect.max-delay='x': not a duration; write 5, 5s, 500ms or PT5S (app.properties)
                    """)
    void read_ofAContradictionThatFollowsFromAWrongValue_tellsTheValueOnly(String settings, String problem) {
        recorder.reader(Sources.BUILT_IN.of(ProblemRecorder.properties(settings), Map.of()))
                .read("default");
        assertThat(recorder.problems).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource({"tls", "last-will", "presence", "reconnect", "dispatch"})
    void names_leavesReservedOnesOut(String name) {
        ConfigReader reader =
                recorder.reader(Sources.BUILT_IN.of(Map.of("mqtt." + name + ".broker-url", "b"), Map.of()));
        assertThat(reader.names(List.of(name))).isEmpty();
        assertThat(ConnectionPrefix.of(name).isReserved()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void read_ofABrokerPortFromKubernetes_ignoresItWithAWarning(Sources sources) {
        ConfigReader reader = recorder.reader(
                sources.of(Map.of("mqtt.broker-url", "b"), Map.of("MQTT_BROKER_PORT", "tcp://10.0.0.1:1883")));
        assertThat(reader.read("default").serverUris()).containsExactly("tcp://b:1883");
        assertThat(recorder.problems).isEmpty();
        assertThat(recorder.warnings)
                .containsExactly(
                        "MQTT-008: mqtt.broker-port is a URL, as Kubernetes sets it for a service of that name, and is ignored");
    }

    @ParameterizedTest
    @EnumSource
    void names_ofAConfiguration_areThoseWithAnAddress(Sources sources) {
        ConfigReader reader = recorder.reader(sources.of(
                Map.of(
                        "mqtt.broker-url", "a",
                        "mqtt.plant.broker-url", "b",
                        "mqtt.tls.broker-url", "c",
                        "mqtt.default.broker-url", "d",
                        "mqtt.other.keepalive", "5",
                        "mqtt.lost.broker-url", "${missing}"),
                Map.of("MQTT_CLOUD_EU_BROKER_URL", "e", "MQTT_PLANT_BROKER_URL", "g")));
        assertThat(reader.names(List.of())).containsExactlyInAnyOrder("plant", "lost", "cloud-eu");
        assertThat(reader.names(List.of("Cloud.EU", "other", "default")))
                .containsExactlyInAnyOrder("plant", "lost", "Cloud.EU");
        assertThat(reader.isConfigured("Cloud.EU")).isTrue();
        assertThat(reader.isConfigured("lost")).isTrue();
        assertThat(reader.isConfigured("other")).isFalse();
        assertThat(reader.read("Cloud.EU").serverUris()).containsExactly("tcp://e:1883");
    }

    @ParameterizedTest
    @EnumSource
    void resolve_ofATextOfTheCode_takesValuesOfTheConfiguration(Sources sources) {
        ConfigReader reader =
                recorder.reader(sources.of(Map.of("site", "${country}/berlin", "country", "de"), Map.of("GROUP", "g")));
        assertThat(reader.resolve("$share/${group}/${site}/{room}/${sensor:+}"))
                .isEqualTo("$share/g/de/berlin/{room}/+");
        assertThatThrownBy(() -> reader.resolve("a/${missing}"))
                .isInstanceOf(MqttException.class)
                .hasMessage(
                        "${missing} has no value; set missing or write ${missing:default}; write \\${ where no expression is meant");
    }

    @ParameterizedTest
    @EnumSource
    void warnOfUnknownKeys_namesEachWithTheNearest(Sources sources) {
        ConfigReader reader = recorder.reader(sources.of(
                Map.of("mqtt.brokr-url", "canary", "mqtt.site", "s", "mqtt.plant.keepaliv", "5", "mqtt.keepalive", "5"),
                Map.of("MQTT_KEEPALIV", "canary", "MQTT_CLIENT_ID", "c", "MQTT_SITE_TWO", "two")));
        reader.resolve("${mqtt.site}/${mqtt.site.two}");
        reader.warnOfUnknownKeys(Set.of("plant"));
        assertThat(recorder.warnings)
                .containsExactly("MQTT-007: unknown configuration, without effect: "
                        + "MQTT_KEEPALIV (did you mean MQTT_KEEPALIVE?), "
                        + "mqtt.brokr-url (did you mean mqtt.broker-url?), "
                        + "mqtt.plant.keepaliv (did you mean mqtt.plant.keepalive?)");
    }

    @ParameterizedTest
    @EnumSource
    void warnOfUnknownKeys_withoutAny_saysNothing(Sources sources) {
        recorder.reader(sources.of(
                        Map.of("mqtt.broker-url", "a", "mqtt.plant.broker-url", "b", "mqttx", "c"),
                        Map.of("MQTT_LAST_WILL_TOPIC", "w", "MQTT_PLANT_TLS_CA_CERTS", "ca", "PATH", "/bin")))
                .warnOfUnknownKeys(Set.of("plant"));
        assertThat(recorder.warnings).isEmpty();
    }

    @Test
    void anyMessage_ofWrongSecrets_holdsNone() {
        for (String key : Settings.KEYS) {
            if (key.endsWith("password") || key.equals("username") || key.endsWith("message")) {
                recorder.reader(Sources.BUILT_IN.of(Map.of("mqtt." + key, "canary\0"), Map.of()))
                        .read("default");
                recorder.reader(Sources.BUILT_IN.of(Map.of("mqtt." + key, "canary${x"), Map.of()))
                        .read("default");
                recorder.reader(Sources.MICRO_PROFILE.of(Map.of("mqtt." + key, "canary${x}"), Map.of()))
                        .read("default");
            }
        }
        recorder.reader(Sources.BUILT_IN.of(Map.of("mqtt.broker-url", "tcp://u:canary@h,x:canary"), Map.of()))
                .read("default");
        assertThat(recorder.problems).hasSize(19).noneMatch(problem -> problem.contains("canary"));
    }
}
