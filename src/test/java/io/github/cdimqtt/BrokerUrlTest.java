package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    broker                                  | tcp://broker:1883
                    broker:1884                             | tcp://broker:1884
                    mybroker.example.com                    | tcp://mybroker.example.com:1883
                    my_broker                               | tcp://my_broker:1883
                    mqtt://my_broker:99                     | tcp://my_broker:99
                    192.0.2.1                               | tcp://192.0.2.1:1883
                    müller.example                          | tcp://müller.example:1883
                    tcp://broker                            | tcp://broker:1883
                    TCP://broker                            | tcp://broker:1883
                    tcp://broker/                           | tcp://broker:1883
                    mqtt://broker                           | tcp://broker:1883
                    ssl://broker                            | ssl://broker:8883
                    mqtts://broker:1                        | ssl://broker:1
                    ws://broker                             | ws://broker:1883
                    wss://broker                            | wss://broker:8883
                    ws://broker:80/mqtt                     | ws://broker:80/mqtt
                    wss://broker/a/b%20c                    | wss://broker:8883/a/b%20c
                    [::1]                                   | tcp://[::1]:1883
                    [::1]:65535                             | tcp://[::1]:65535
                    ssl://[2001:db8::1]                     | ssl://[2001:db8::1]:8883
                    tcp://[fe80::1%eth0]:1883               | tcp://[fe80::1%eth0]:1883
                    [::ffff:192.0.2.1]                      | tcp://[::ffff:192.0.2.1]:1883
                    a,b                                     | tcp://a:1883 tcp://b:1883
                    ' tcp://a:1 , ssl://b , ws://c:3/d '    | tcp://a:1 ssl://b:8883 ws://c:3/d
                    """)
    void serverUris_ofAnAddress_areNormal(String text, String uris) {
        assertThat(MqttConfig.builder().brokerUrl(text).build().serverUris()).containsExactly(uris.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "'a,tcp://b:1,ssl://c,ws://d/e', false, false, 0, tcp://a:1883 tcp://b:1 ssl://c:8883 ws://d:1883/e",
        "'a,tcp://b:1,ssl://c,ws://d/e', true, false, 0, ssl://a:8883 ssl://b:1 ssl://c:8883 wss://d:8883/e",
        "'a,tcp://b:1,ssl://c,ws://d/e', false, true, 0, ws://a:1883 ws://b:1 wss://c:8883 ws://d:1883/e",
        "'a,tcp://b:1,ssl://c,ws://d/e', true, true, 7, wss://a:7 wss://b:1 wss://c:7 wss://d:7/e",
        "'a/mqtt', false, true, 0, ws://a:1883/mqtt"
    })
    void serverUris_withOtherKeys_followThem(String text, boolean tls, boolean webSockets, int port, String uris) {
        MqttConfig.Builder builder = MqttConfig.builder()
                .brokerUrl(text)
                .tls(config -> config.enabled(tls))
                .webSockets(webSockets);
        if (port > 0) {
            builder.brokerPort(port);
        }
        assertThat(builder.build().serverUris()).containsExactly(uris.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"a, false", "ssl://a, true", "mqtts://a, true", "wss://a, true", "ws://a, false", "'a,ssl://b', true"})
    void tlsEnabled_ofAnAddress_followsItsScheme(String text, boolean tls) {
        assertThat(MqttConfig.builder().brokerUrl(text).build().tlsEnabled()).isEqualTo(tls);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ' '             | broker-url=' ': empty; write tcp://host:port
                    ,               | broker-url=',': '' has no host; write tcp://host:port, an IPv6 address in brackets; '' has no host; write tcp://host:port, an IPv6 address in brackets
                    http://a        | broker-url='http://a': has an unknown scheme; write tcp, mqtt, ssl, mqtts, ws or wss
                    tcp://          | broker-url='tcp://': has no host; write tcp://host:port, an IPv6 address in brackets
                    :1883           | broker-url=':1883': has no host; write tcp://host:port, an IPv6 address in brackets
                    ::1             | broker-url='::1': has no host; write tcp://host:port, an IPv6 address in brackets
                    2001:db8::1     | broker-url='2001:db8::1': has a bad port; 1 to 65535, and an IPv6 address in brackets
                    [::1            | broker-url='[::1': has a bad host; write a name, an IPv4 address, or an IPv6 address in brackets
                    [::1]x          | broker-url='[::1]x': has a bad host; write a name, an IPv4 address, or an IPv6 address in brackets
                    [broker]        | broker-url='[broker]': has a bad host; write a name, an IPv4 address, or an IPv6 address in brackets
                    a b             | broker-url='a b': has a bad host; write a name, an IPv4 address, or an IPv6 address in brackets
                    mqtt:broker     | broker-url='mqtt:broker': has a bad port; 1 to 65535, and an IPv6 address in brackets
                    a:              | broker-url='a:': has a bad port; 1 to 65535, and an IPv6 address in brackets
                    a:0             | broker-url='a:0': has a bad port; 1 to 65535, and an IPv6 address in brackets
                    a:65536         | broker-url='a:65536': has a bad port; 1 to 65535, and an IPv6 address in brackets
                    a:99999999999   | broker-url='a:99999999999': has a bad port; 1 to 65535, and an IPv6 address in brackets
                    ws://a/b c      | broker-url='ws://a/b c': has a space or a control character in its path
                    a,x://b,c:d     | broker-url='a,x://b,c:d': 'x://b' has an unknown scheme; write tcp, mqtt, ssl, mqtts, ws or wss; 'c:d' has a bad port; 1 to 65535, and an IPv6 address in brackets
                    """)
    void brokerUrl_ofABadAddress_saysWhatIsWrong(String text, String fault) {
        assertThatThrownBy(() -> MqttConfig.builder().brokerUrl(text))
                .isInstanceOf(MqttException.class)
                .hasMessage(fault);
    }

    @Test
    void brokerUrl_ofABadAddressOverSeveralLines_isToldInOne() {
        assertThatThrownBy(() -> MqttConfig.builder().brokerUrl("a,b\n\nc"))
                .hasMessage(
                        "broker-url='a,b\\u000a\\u000ac': 'b\\u000a\\u000ac' has a bad host; write a name, an IPv4 address, or an IPv6 address"
                                + " in brackets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://canary:canary@host",
                "canary@host",
                "a,tcp://user:ca,nary@host",
                "tcp://user:can/ary@host",
                "http://canary:can?ary@host",
                "x://canary:@"
            })
    void brokerUrl_withUserInformation_doesNotPrintIt(String text) {
        assertThatThrownBy(() -> MqttConfig.builder().brokerUrl(text))
                .isInstanceOf(MqttException.class)
                .hasMessage("broker-url: contains user information; write it to username and password");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    wss://host/mqtt#canary             | contains a fragment; nothing may follow path and query
                    wss://host/mqtt?a=canary#b         | contains a fragment; nothing may follow path and query
                    tcp://host/?a=canary               | a path or a query needs ws, wss, or transport=websockets
                    tcp://host?canary                  | a path or a query needs ws, wss, or transport=websockets
                    wss://a b?canary                   | has a bad host; write a name, an IPv4 address, or an IPv6 address in brackets
                    wss://a?can ary                    | has a space or a control character in its path
                    a,wss://b:0/?canary                | 'wss://b:0/?***' has a bad port; 1 to 65535, and an IPv6 address in brackets
                    """)
    void brokerUrl_withAQueryAndAFault_doesNotPrintIt(String text, String fault) {
        assertThatThrownBy(() -> MqttConfig.builder().brokerUrl(text).build())
                .isInstanceOf(MqttException.class)
                .hasMessage("broker-url: " + fault);
    }

    @Test
    void query_ofAWebSocketAddress_isKeptAndNotPrinted() {
        MqttConfig config = MqttConfig.builder()
                .brokerUrl("wss://host:443/mqtt?X-Amz-Signature=canary&a=b,ws://other?canary")
                .build();
        assertThat(config.serverUris())
                .containsExactly("wss://host:443/mqtt?X-Amz-Signature=canary&a=b", "ws://other:1883?canary");
        assertThat(config).hasToString("MqttConfig[broker-url=[wss://host:443/mqtt?***, ws://other:1883?***]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", ".a", "b\u00fccher..example"})
    void brokerUrl_ofANameThatNoResolverTakes_isRefused(String host) {
        assertRefused(host);
    }

    @Test
    void brokerUrl_ofAnEndlessName_isRefused() {
        assertRefused("a".repeat(64) + ".example");
        assertRefused("a.".repeat(127) + "a");
        assertThat(MqttConfig.builder()
                        .brokerUrl("mqtts://Broker.Example.org.")
                        .build()
                        .serverUris())
                .containsExactly("ssl://Broker.Example.org.:8883");
    }

    private static void assertRefused(String host) {
        assertThatThrownBy(() -> MqttConfig.builder().brokerUrl(host))
                .isInstanceOf(MqttException.class)
                .hasMessageEndingWith("': has a bad host; a name has parts of 1 to 63 characters, and 253 in all");
    }
}
