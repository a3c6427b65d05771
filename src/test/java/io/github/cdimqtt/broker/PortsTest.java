package io.github.cdimqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void port_isReturnedOnce() {
        List<Integer> ports =
                IntStream.range(0, 500).mapToObj(i -> Ports.free()).toList(); // of 12,000: some ten twice
        assertThat(ports).doesNotHaveDuplicates();
    }

    @Test
    void hundred_withAPortInUse_isSkipped() throws IOException {
        int first = Ports.freeHundred();
        try (ServerSocket listener = Ports.listen(first + 176)) {
            assertThat(listener.isBound()).isTrue();
            assertThat(Ports.freeHundred()).isNotIn(first, first + 100);
        }
    }

    @Test
    void hundred_isDisjointFromSinglePorts() {
        assertThat(Ports.freeHundred() + 100).isLessThanOrEqualTo(20_000);
        assertThat(Ports.free()).isGreaterThanOrEqualTo(20_000);
    }
}
