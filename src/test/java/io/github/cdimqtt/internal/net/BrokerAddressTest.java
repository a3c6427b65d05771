package io.github.cdimqtt.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerAddressTest {

    @Test
    void query_isSentToTheServer_andNotShown() {
        BrokerAddress address = BrokerAddress.parse("wss://host:443/mqtt?a=canary/:b");
        assertThat(address.authority() + " " + address.resource()).isEqualTo("host /mqtt?a=canary/:b");
        assertThat(address).hasToString("wss://host:443/mqtt?***");
        assertThat(BrokerAddress.parse("ws://host:1?canary").resource()).isEqualTo("/mqtt?canary");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://my_broker:1883, false, false, my_broker, 1883, ''",
        "ssl://[::1]:8883, true, false, [::1], 8883, ''",
        "ws://h:80/mqtt/a:1, false, true, h, 80, /mqtt/a:1",
        "wss://[fe80::1%eth0]:443/, true, true, [fe80::1%eth0], 443, /",
    })
    void uri_isParsed(String uri, boolean secure, boolean webSocket, String host, int port, String path) {
        BrokerAddress address = BrokerAddress.parse(uri);
        assertThat(address).isEqualTo(new BrokerAddress(secure, webSocket, host, port, path));
        assertThat(address).hasToString(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "h, false, false, 0, tcp://h:1883",
        "tcp://h/, false, true, 0, ws://h:1883",
        "ws://h/, true, false, 0, wss://h:8883/",
        "h, true, false, 7, ssl://h:7",
        "h:8, true, true, 7, wss://h:8",
    })
    void completeAddress_isParsedToItself(String text, boolean tls, boolean webSockets, int port, String uri) {
        BrokerAddress complete = BrokerAddress.parse(text).complete(tls, webSockets, port);
        assertThat(complete.uri()).isEqualTo(uri);
        assertThat(BrokerAddress.parse(uri)).isEqualTo(complete);
        assertThat(complete.complete(false, false, 0)).isEqualTo(complete);
    }

    @ParameterizedTest
    @CsvSource({"memory:house, memory:house", "MEMORY:a.B_c-1, memory:a.B_c-1"})
    void memory_hasANameAlone(String text, String uri) {
        BrokerAddress address = BrokerAddress.parse(text);
        assertThat(address.inMemory()).isTrue();
        assertThat(address.complete(true, true, 7)).isEqualTo(address).hasToString(uri);
        assertThat(BrokerAddress.parse(uri)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            memory: | has no name; write memory:NAME
            memory:1883 | is a host and a port, or a broker inside this JVM; write tcp://memory:PORT, or memory:NAME with a letter
            memory:a:1 | has a bad name; write memory:NAME, without port and path, of letters a to z, digits, '.', '_' and '-'
            memory:a/b | has a bad name; write memory:NAME, without port and path, of letters a to z, digits, '.', '_' and '-'
            memory://a | has a bad name; write memory:NAME, without port and path, of letters a to z, digits, '.', '_' and '-'
            memory:a?b | has a bad name; write memory:NAME, without port and path, of letters a to z, digits, '.', '_' and '-'
            u@memory:a | contains user information; write it to username and password
            memory:u@a | contains user information; write it to username and password
            memory:a,tcp://b | has other addresses beside a broker inside this JVM; write memory:NAME alone
            memory:a,memory:b | has other addresses beside a broker inside this JVM; write memory:NAME alone
            memory:,b | 'memory:' has no name; write memory:NAME
            """)
    void memory_withMore_isRejected(String text, String fault) {
        assertThatThrownBy(() -> BrokerAddress.parseAll(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(fault);
    }

    @Test
    void memoryOnTheNetwork_isAHost() {
        assertThat(BrokerAddress.parse("tcp://memory:1883").inMemory()).isFalse();
        assertThat(BrokerAddress.parse("memory").inMemory()).isFalse();
    }

    @Test
    void anythingElse_isRejected() {
        assertThatThrownBy(() -> BrokerAddress.parse("tcp://"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("has no host; write tcp://host:port, an IPv6 address in brackets");
    }
}
