package io.github.cdimqtt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** That the library finds the beans of the package {@code app.kinds}, wherever it is and they are. */
final class ApplicationKinds {
    private static final Map<String, String> ANSWERS = Map.of(
            "reported/kinds/converter", "2;1",
            "reported/kinds/credentials", "true",
            "reported/kinds/events", "true true true",
            "reported/kinds/plain", "1;2");

    private ApplicationKinds() {}

    /** Asks the applications that have them; each answers once for each kind. */
    static void check(ApplicationWitness witness, int applications) {
        witness.publish("ask/kinds", "1;2");
        await().untilAsserted(() -> ANSWERS.forEach((topic, answer) -> assertThat(witness.texts(topic))
                .as(topic)
                .isEqualTo(List.copyOf(Collections.nCopies(applications, answer)))));
    }
}
