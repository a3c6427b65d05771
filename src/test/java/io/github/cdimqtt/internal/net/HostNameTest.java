package io.github.cdimqtt.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    broker.example.org   | broker.example.org         | broker.example.org        | broker.example.org
                    broker.example.org.  | broker.example.org.        | broker.example.org        | broker.example.org
                    Broker.Example.ORG   | Broker.Example.ORG         | broker.example.org        | broker.example.org
                    my_broker            | my_broker                  | my_broker                 | my_broker
                    müller.example       | xn--mller-kva.example      | xn--mller-kva.example     | xn--mller-kva.example
                    Müller.example. | xn--mller-kva.example.     | xn--mller-kva.example     | xn--mller-kva.example
                    192.0.2.1            | 192.0.2.1                  | 192.0.2.1                 | 192.0.2.1
                    [2001:db8::1]        | [2001:db8::1]              | 2001:db8::1               | [2001:db8::1]
                    [fe80::1%eth0]       | [fe80::1%eth0]             | fe80::1                   | [fe80::1]
                    """)
    void host_hasTheFormOfEachProtocol(String written, String resolved, String verified, String http) {
        HostName host = new HostName(written);
        assertThat(host.toResolve()).isEqualTo(resolved);
        assertThat(host.toVerify()).isEqualTo(verified);
        assertThat(host.toHttp()).isEqualTo(http);
    }
}
