package io.github.cdimqtt.internal.session.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.support.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PacketIdsTest {
    private final PacketIds ids = new PacketIds();

    @Statement("MQTT-2.2.1-3")
    @Test
    void packetId_isNotUsedTwice() {
        assertThat(ids.reserve()).isEqualTo(1);
        assertThat(ids.reserve()).isEqualTo(2);
        for (int i = 3; i <= 65_535; i++) {
            assertThat(ids.reserve()).isEqualTo(i);
            ids.release(i);
        }
        assertThat(ids.reserve()).isEqualTo(3);
        for (int i = 4; i <= 65_535; i++) {
            assertThat(ids.reserve()).isEqualTo(i);
        }
        assertThatThrownBy(ids::reserve).hasMessage("all 65,535 packet identifiers are in use");
        ids.release(2);
        assertThat(ids.reserve()).isEqualTo(2);
    }

    @Test
    void circle_continuesAnywhere_andLeavesNoneOut() {
        ids.continueAnywhere();
        Set<Integer> reserved = new HashSet<>();
        for (int i = 0; i < 65_535; i++) {
            reserved.add(ids.reserve());
        }
        assertThat(reserved).hasSize(65_535).allMatch(id -> id >= 1 && id <= 65_535);
        ids.release(7);
        assertThat(ids.reserve()).isEqualTo(7);
    }

    @Test
    void packetIdOfAnEarlierJvm_isLeftOut() {
        ids.reserve(1);
        ids.reserve(3);
        assertThat(ids.reserve()).isEqualTo(2);
        assertThat(ids.reserve()).isEqualTo(4);
    }
}
