package io.github.cdimqtt.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("container")
class TestContainerTest {

    private static final String KEY = "test-container.setting";

    @ApplicationScoped
    static class Listener {

        private String observed = "";

        void on(@Observes String word) {
            observed = word;
        }

        String observed() {
            return observed;
        }
    }

    static class Unsatisfied {

        @Inject
        Instance<Listener> fine;

        @Inject
        Runnable unsatisfied;
    }

    @Test
    void bean_givenToTheContainer_isCalled() {
        try (TestContainer container = TestContainer.start(Listener.class)) {
            container.se().getBeanManager().getEvent().select(String.class).fire("hello");
            assertThat(container.get(Listener.class).observed()).isEqualTo("hello");
        }
    }

    @Test
    void setting_lastsUntilTheContainerIsClosed() {
        try (TestContainer container = TestContainer.start(Map.of(KEY, "on"), Listener.class)) {
            assertThat(container.se().isRunning()).isTrue();
            assertThat(System.getProperty(KEY)).isEqualTo("on");
        }
        assertThat(System.getProperty(KEY)).isNull();
    }

    @Test
    void setting_ofAContainerThatDoesNotStart_isRemoved() {
        assertThatThrownBy(() -> TestContainer.start(Map.of(KEY, "on"), Unsatisfied.class))
                .isNotNull();
        assertThat(System.getProperty(KEY)).isNull();
    }

    @Test
    void container_isTheOneThatTheBuildChose() {
        String expected = System.getProperty("test.container");
        try (TestContainer container = TestContainer.start(Listener.class)) {
            assertThat(container.se().getClass().getName()).contains(expected);
        }
    }

    @Test
    void chosenProtocol_isTheOneOfEachConnection_unlessTheTestChooses() {
        Map<String, String> settings = Map.of(
                "one.broker-url", "tcp://localhost",
                "two.broker-url", "tcp://localhost",
                "two.protocol-version", "3.1");
        String before = System.setProperty(TestContainer.PROTOCOL, "5");
        try (TestContainer container = TestContainer.start(settings, Listener.class)) {
            assertThat(container.se().isRunning()).isTrue();
            assertThat(System.getProperty("one.protocol-version")).isEqualTo("5");
            assertThat(System.getProperty("two.protocol-version")).isEqualTo("3.1");
            assertThat(JavaProgram.prepare(Listener.class).command()).contains("-Dit.protocol=5");
        } finally {
            if (before == null) {
                System.clearProperty(TestContainer.PROTOCOL);
            } else {
                System.setProperty(TestContainer.PROTOCOL, before);
            }
        }
        assertThat(System.getProperty("one.protocol-version")).isNull();
    }
}
