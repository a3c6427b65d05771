package io.github.cdimqtt.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProblemIdTest {

    @Test
    void toString_ofEachId_isItsOwn() {
        assertThat(Arrays.stream(ProblemId.values()).map(ProblemId::toString))
                .allMatch(id -> id.matches("MQTT-[0-9]{3}"))
                .doesNotHaveDuplicates()
                .startsWith("MQTT-001");
    }

    @Test
    void meaning_ofEachId_isOneLine() {
        assertThat(ProblemId.values()).allMatch(id -> id.meaning().lines().count() == 1);
    }
}
