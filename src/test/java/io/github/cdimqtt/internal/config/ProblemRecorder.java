package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.internal.reporting.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what reading a configuration reports. */
final class ProblemRecorder {
    final List<String> problems = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();

    ConfigReader reader(Configuration configuration) {
        return new ConfigReader(configuration, this::add);
    }

    private void add(Problem problem) {
        (problem.isFatal() ? problems : warnings).add(problem.toString());
    }

    /** Returns the values of a comma list of {@code key=value}. */
    static Map<String, String> properties(String settings) {
        Map<String, String> properties = new HashMap<>();
        for (String setting : settings.split(",", -1)) {
            properties.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return properties;
    }
}
