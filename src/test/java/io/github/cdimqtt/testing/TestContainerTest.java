package io.github.cdimqtt.testing;

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

        private String heard = "";

        void hear(@Observes String word) {
            heard = word;
        }

        String heard() {
            return heard;
        }
    }

    static class Unsatisfied {

        @Inject
        Instance<Listener> fine;

        @Inject
        Runnable nobodyProvidesThis;
    }

    @Test
    void bean_givenToTheContainer_observes() {
        try (TestContainer container = TestContainer.start(Listener.class)) {
            container.se().getBeanManager().getEvent().select(String.class).fire("hello");
            assertThat(container.get(Listener.class).heard()).isEqualTo("hello");
        }
    }

    @Test
    void setting_lastsAsLongAsTheContainer() {
        try (TestContainer container = TestContainer.start(Map.of(KEY, "on"), Listener.class)) {
            assertThat(container.se().isRunning()).isTrue();
            assertThat(System.getProperty(KEY)).isEqualTo("on");
        }
        assertThat(System.getProperty(KEY)).isNull();
    }

    @Test
    void setting_ofAContainerThatDoesNotStart_isTakenBack() {
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
}
