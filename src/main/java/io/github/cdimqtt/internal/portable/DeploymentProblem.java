package io.github.cdimqtt.internal.portable;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.reporting.Problem;

/** One problem as containers want it: an exception, without the stack trace that would say nothing. */
public final class DeploymentProblem extends MqttException {
    private static final long serialVersionUID = 1L;

    DeploymentProblem(Problem problem) {
        super(problem.toString(), null, false);
    }
}
