package io.github.cdimqtt.internal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    @Test
    void connection_isReady_whenConnectedAndEveryFilterIsGranted() {
        assertThat(Readiness.of(true, Set.of("a", "b"), Set.of("a", "b")).isReady())
                .isTrue();
        assertThat(Readiness.of(true, Set.of(), Set.of("more")).isReady()).isTrue();
    }

    @Test
    void connection_isNotReady_withoutBrokerOrGrant() {
        assertThat(Readiness.of(false, Set.of(), Set.of()).isReady()).isFalse();
        Readiness refused = Readiness.of(true, Set.of("b", "a", "c"), Set.of("c"));
        assertThat(refused.isReady()).isFalse();
        assertThat(refused.notGranted()).containsExactly("a", "b");
    }

    @Test
    void unusedConnection_isReady() {
        assertThat(Readiness.SWITCHED_OFF.isReady()).isTrue();
        assertThat(Readiness.NOT_OPENED.isReady()).isTrue();
    }
}
