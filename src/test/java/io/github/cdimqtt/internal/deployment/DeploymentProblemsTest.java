package io.github.cdimqtt.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All problems of a deployment are reported together, each with its id, what is wrong, where, and what to do. */
@Tag("container")
class DeploymentProblemsTest {

    @Dependent
    static class Unsatisfied {
        void on(@Observes @MqttTopic("a/{x}") String text, Runnable unsatisfied, @TopicParam("x") String x) {}
    }

    @ParameterizedTest
    @MethodSource({
        "io.github.cdimqtt.internal.deployment.WrongTopics#rows",
        "io.github.cdimqtt.internal.deployment.WrongVariables#rows",
        "io.github.cdimqtt.internal.deployment.WrongObservers#rows",
        "io.github.cdimqtt.internal.deployment.WrongInjections#rows",
        "io.github.cdimqtt.internal.deployment.UnreachableObservers#rows",
        "io.github.cdimqtt.internal.deployment.WrongConnections#rows",
        "io.github.cdimqtt.internal.deployment.WrongVersions#rows",
        "io.github.cdimqtt.internal.deployment.WrongSettings#rows"
    })
    void deployment_isRejected(WrongDeployment is) {
        List<MqttException> reported = is.deploy();
        assertThat(reported).extracting(Throwable::getMessage).containsExactlyElementsOf(is.problems());
        assertThat(reported)
                .allSatisfy(problem -> assertThat(problem.getStackTrace()).isEmpty());
    }

    @ParameterizedTest
    @PortableOnly
    @MethodSource("io.github.cdimqtt.internal.deployment.WrongConnections#together")
    void codeAndConfiguration_areReportedTogether(WrongDeployment is) {
        deployment_isRejected(is);
    }

    @Test
    @PortableOnly
    void unsatisfiedParameter_isReported_byTheContainerOrByCdiMqtt() {
        WrongDeployment unsatisfied = WrongDeployment.of("", Unsatisfied.class);
        if (System.getProperty("test.container").contains("weld")) {
            assertThatThrownBy(() -> TestContainer.start(Unsatisfied.class))
                    .hasMessageContaining("Unsatisfied dependencies for type Runnable");
        } else {
            assertThat(unsatisfied.deploy())
                    .extracting(Throwable::getMessage)
                    .containsExactly(
                            "MQTT-020: parameter 2 of Unsatisfied#on(String, Runnable, String): there is no bean"
                                    + " for it; add one, or correct type or qualifiers");
        }
    }
}
