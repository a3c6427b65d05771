package io.github.cdimqtt.internal.config;

import static io.github.cdimqtt.internal.config.SettingTest.config;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.array;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.OnFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                    protocol-version=5, library=paho | library='paho': does not speak protocol-version=5; set library=auto, or protocol-version=3.1.1
                    protocol-version=5, on-failure=redeliver | on-failure='redeliver': the broker repeats a message only in a session that it keeps; set session-expiry, or clean-session=false
                    protocol-version=5, client-id=a, clean-session=false, session-expiry=0 | session-expiry='0s': ends the session with each connection, which clean-session=false keeps; remove one of them
                    protocol-version=5, clean-session=false, session-expiry=1m | clean-session='false': the broker knows a session by its client id; set client-id, without {random}
                    protocol-version=5, last-will.topic=w, last-will.delay=1 | last-will.delay='1s': longer than the session, which ends the delay, too (MQTT 5.0, section 3.1.3.2.2); set session-expiry to that or more
                    protocol-version=5, session-expiry=9, presence.topic=p, last-will.delay=10 | last-will.delay='10s': longer than the session, which ends the delay, too (MQTT 5.0, section 3.1.3.2.2); set session-expiry to that or more
                    protocol-version=5, session-expiry=1, last-will.delay=1 | last-will.delay: a last will needs a topic; set last-will.topic
                    protocol-version=5, last-will.content-type=t | last-will.content-type: a last will needs a topic; set last-will.topic
                    protocol-version=5, presence.topic=p, last-will.expiry=1 | presence.topic='p': is itself a last will, and there is only one; remove last-will.expiry
                    broker-url=ssl://a/b | broker-url='ssl://a:8883/b': a path or a query needs ws, wss, or transport=websockets
                    broker-url=memory:a, broker-port=1883 | broker-port='1883': is for the network, and memory:a is inside this JVM; remove it
                    broker-url=memory:a, transport=websockets | transport='websockets': is for the network, and memory:a is inside this JVM; remove it
                    broker-url=memory:a, library=paho | library='paho': is for the network, and memory:a is inside this JVM; remove it
                    broker-url=memory:a, tls.enabled=true | tls.enabled: is for the network, and memory:a is inside this JVM; remove it
                    broker-url=memory:a, tls.cert-reqs=none | tls.cert-reqs: is for the network, and memory:a is inside this JVM; remove it
                    broker-url=memory:a, tls.truststore-password=canary | tls.truststore-password: is for the network, and memory:a is inside this JVM; remove it
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
                    protocol-version=5
                    protocol-version=5, library=direct
                    protocol-version=5, password=canary
                    protocol-version=5, session-expiry=10m
                    protocol-version=5, client-id=a, clean-session=false, session-expiry=10m
                    protocol-version=5, on-failure=redeliver, session-expiry=10m
                    protocol-version=5, on-failure=redeliver, clean-session=false, client-id=a
                    protocol-version=5, session-expiry=1m, last-will.topic=w, last-will.delay=1m
                    protocol-version=5, session-expiry=never, last-will.topic=w, last-will.delay=4294967295
                    protocol-version=5, session-expiry=1m, presence.topic=p, last-will.delay=1m
                    protocol-version=3.1, library=paho
                    broker-url=memory:a, library=direct, transport=tcp
                    broker-url=memory:a, tls.enabled=false
                    """)
    void build_ofSettingsThatGoTogether_succeeds(String settings) {
        assertThatCode(() -> config(settings.split(", "))).doesNotThrowAnyException();
    }

    /** Where it is written, and even with the value that it has by default: nothing that was set is ignored. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    session-expiry          | 0
                    session-expiry          | never
                    receive-maximum         | 1000
                    topic-alias-maximum     | 16
                    subscription-identifiers | true
                    no-local                | false
                    retain-as-published     | false
                    user-properties         | a=canary
                    reply-topic             | reply/{client-id}
                    request-timeout         | 10s
                    last-will.delay         | 0
                    last-will.expiry        | 1
                    last-will.content-type  | t
                    last-will.response-topic | r
                    last-will.user-properties | a=canary
                    """)
    void build_ofAKeyOfMqtt5OnAnotherVersion_saysWhichItNeeds(String key, String value) {
        for (String version : new String[] {"3.1.1", "3.1"}) {
            assertThatThrownBy(() -> config("protocol-version=" + version, "last-will.topic=w", key + "=" + value))
                    .isInstanceOf(MqttException.class)
                    .hasMessage(key + ": needs protocol-version=5; set that, or remove " + key);
        }
        assertThatCode(() -> config("protocol-version=5", "last-will.topic=w", key + "=" + value))
                .doesNotThrowAnyException();
    }

    @Test
    void build_ofSeveralContradictions_tellsEachOne() {
        MqttConfig.Builder builder = MqttConfig.builder()
                .cleanSession(false)
                .password("canary")
                .lastWill(will -> will.payload("canary"))
                .onFailure(OnFailure.DEAD_LETTER)
                .sessionExpiry(Duration.ofMinutes(1))
                .userProperties(List.of(Map.entry("token", "canary")));
        String[] faults = {
            "clean-session='false': the broker knows a session by its client id; set client-id, without {random}",
            "password: needs a user name (MQTT 3.1.1 [MQTT-3.1.2-22]); set username",
            "last-will.message: a last will needs a topic; set last-will.topic",
            "on-failure='dead-letter': where to is missing; set dead-letter-topic",
            "session-expiry: needs protocol-version=5; set that, or remove session-expiry",
            "user-properties: needs protocol-version=5; set that, or remove user-properties"
        };
        assertThatThrownBy(builder::build)
                .isInstanceOf(MqttException.class)
                .hasMessage(String.join("\n", faults))
                .extracting(Throwable::getSuppressed, array(Throwable[].class))
                .extracting(Throwable::getMessage)
                .containsExactly(faults);
    }
}
