package io.github.cdimqtt.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {

    @Test
    void query_isSentToTheServer_andNotShown() {
        ServerAddress address = ServerAddress.parse("wss://host:443/mqtt?a=canary/:b");
        assertThat(address.authority() + " " + address.resource()).isEqualTo("host /mqtt?a=canary/:b");
        assertThat(address).hasToString("wss://host:443/mqtt?***");
        assertThat(ServerAddress.parse("ws://host:1?canary").resource()).isEqualTo("/mqtt?canary");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://my_broker:1883, tcp, my_broker, 1883, ''",
        "ssl://[::1]:8883, ssl, [::1], 8883, ''",
        "ws://h:80/mqtt/a:1, ws, h, 80, /mqtt/a:1",
        "wss://[fe80::1%eth0]:443/, wss, [fe80::1%eth0], 443, /",
    })
    void uri_isParsed(String uri, String scheme, String host, int port, String path) {
        ServerAddress address = ServerAddress.parse(uri);
        assertThat(address).isEqualTo(new ServerAddress(scheme, host, port, path));
        assertThat(address).hasToString(uri);
    }

    @Test
    void anythingElse_isRejected() {
        assertThatThrownBy(() -> ServerAddress.parse("tcp://host")).hasMessage("tcp://host is not scheme://host:port");
        assertThatThrownBy(() -> ServerAddress.parse("host:1")).hasMessage("host:1 is not scheme://host:port");
    }
}
