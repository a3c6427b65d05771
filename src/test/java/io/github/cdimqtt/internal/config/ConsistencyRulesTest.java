package io.github.cdimqtt.internal.config;

import static io.github.cdimqtt.internal.config.SettingTest.config;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.array;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.OnFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsistencyRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    clean-session=false | clean-session='false': the broker knows a session by its client id; set client-id, without {random}
                    clean-session=false, client-id=a-{random} | clean-session='false': the broker knows a session by its client id; set client-id, without {random}
                    persistence-directory=/p | persistence-directory='/p': what it keeps belongs to one client id; set client-id, without {random}
                    persistence-directory=/p, client-id={random} | persistence-directory='/p': what it keeps belongs to one client id; set client-id, without {random}
                    password=canary | password: needs a user name (MQTT 3.1.1 [MQTT-3.1.2-22]); set username
                    presence.topic=p, last-will.topic=w | presence.topic='p': is itself a last will, and there is only one; remove last-will.topic
                    presence.topic=p, last-will.message=m, last-will.retain=true | presence.topic='p': is itself a last will, and there is only one; remove last-will.message, last-will.retain
                    last-will.message=canary | last-will.message: a last will needs a topic; set last-will.topic
                    last-will.qos=1 | last-will.qos: a last will needs a topic; set last-will.topic
                    last-will.retain=true | last-will.retain: a last will needs a topic; set last-will.topic
                    on-failure=redeliver | on-failure='redeliver': the broker repeats a message only in a session that it keeps; set clean-session=false
                    on-failure=dead-letter | on-failure='dead-letter': where to is missing; set dead-letter-topic
                    reconnect.min-delay=2m | reconnect.min-delay='2m': longer than reconnect.max-delay, 1m
                    reconnect.max-delay=500ms | reconnect.min-delay='1s': longer than reconnect.max-delay, 0.5s
                    broker-url=tcp://a:1/mqtt | broker-url='tcp://a:1/mqtt': a path or a query needs ws, wss, or transport=websockets
                    broker-url=ssl://a/b | broker-url='ssl://a:8883/b': a path or a query needs ws, wss, or transport=websockets
                    """)
    void build_ofSettingsThatContradict_saysWhich(String settings, String fault) {
        assertThatThrownBy(() -> config(settings.split(", ")))
                .isInstanceOf(MqttException.class)
                .hasMessage(fault)
                .extracting(Throwable::getSuppressed, array(Throwable[].class))
                .extracting(Throwable::getMessage)
                .containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    clean-session=false, client-id=a
                    clean-session=false, client-id={app}-{host}
                    persistence-directory=/p, client-id=a
                    username=u, password=canary
                    username=u
                    last-will.topic=w
                    last-will.topic=w, last-will.message=m, last-will.qos=1, last-will.retain=true
                    presence.topic=p
                    on-failure=redeliver, clean-session=false, client-id=a
                    on-failure=dead-letter, dead-letter-topic=d
                    dead-letter-topic=d
                    reconnect.min-delay=60s
                    broker-url=a/mqtt, transport=websockets
                    """)
    void build_ofSettingsThatGoTogether_succeeds(String settings) {
        assertThatCode(() -> config(settings.split(", "))).doesNotThrowAnyException();
    }

    @Test
    void build_ofSeveralContradictions_tellsEachOne() {
        MqttConfig.Builder builder = MqttConfig.builder()
                .cleanSession(false)
                .password("canary")
                .lastWill(will -> will.payload("canary"))
                .onFailure(OnFailure.DEAD_LETTER);
        String[] faults = {
            "clean-session='false': the broker knows a session by its client id; set client-id, without {random}",
            "password: needs a user name (MQTT 3.1.1 [MQTT-3.1.2-22]); set username",
            "last-will.message: a last will needs a topic; set last-will.topic",
            "on-failure='dead-letter': where to is missing; set dead-letter-topic"
        };
        assertThatThrownBy(builder::build)
                .isInstanceOf(MqttException.class)
                .hasMessage(String.join("\n", faults))
                .extracting(Throwable::getSuppressed, array(Throwable[].class))
                .extracting(Throwable::getMessage)
                .containsExactly(faults);
    }
}
