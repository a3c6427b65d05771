package io.github.cdimqtt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One application in each container that is launched for it, and ended as the system ends a process. */
@Tag("launched")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LaunchedIT {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofSeconds(30);

    static Stream<Launched> containers() {
        return Stream.of(System.getProperty("launched").split(",")).map(Launched::valueOf);
    }

    @ParameterizedTest
    @MethodSource("containers")
    void application_hearsAndAnswers_andTakesItsLeave(Launched container, @TempDir Path directory)
            throws IOException, InterruptedException {
        String answer = "hello 12, own loader true, naming " + container.hasNaming();
        try (RawClient witness = RawClient.connect(Broker.url()).observe("reported/launched")) {
            Process process = container.launch(directory);
            try {
                await().atMost(START).untilAsserted(() -> {
                    assertThat(process.isAlive()).isTrue();
                    witness.publish("ask/launched", "hello"); // until it arrives: no other sign of the start
                    assertThat(witness.texts("reported/launched")).contains(answer);
                    assertThat(output(directory)).contains(container.ready());
                });
                try (ApplicationWitness kinds = ApplicationWitness.connect()) {
                    ApplicationKinds.check(kinds, 1);
                }
                process.destroy();
                assertThat(process.waitFor(END.toSeconds(), TimeUnit.SECONDS)).isTrue();
                await().until(() -> witness.texts("reported/launched").containsAll(List.of("goodbye", "destroyed")));
                assertThat(List.copyOf(witness.texts("reported/launched")))
                        .containsOnly("acknowledged", answer, "goodbye", "destroyed")
                        .containsOnlyOnce("goodbye");
            } finally {
                process.destroyForcibly().waitFor();
                System.out.println(output(directory));
            }
        }
    }

    private static String output(Path directory) throws IOException {
        return Files.readString(directory.resolve(Launched.OUTPUT), StandardCharsets.UTF_8);
    }
}
