package io.github.cdimqtt.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.TestContainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A wrong deployment: the classes, the settings and the whole text of each problem. */
public record WrongDeployment(
        String description, List<Class<?>> classes, Map<String, String> settings, List<String> problems) {

    public static WrongDeployment of(String description, Class<?>... classes) {
        return new WrongDeployment(description, List.of(classes), Map.of(), List.of());
    }

    WrongDeployment with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new WrongDeployment(description, classes, more, problems);
    }

    WrongDeployment reports(String... texts) {
        return new WrongDeployment(description, classes, settings, List.of(texts));
    }

    /** Tries to deploy it, and returns the reported problems; fails if it could be deployed. */
    public List<MqttException> deploy() {
        try (LogRecorder openWebBeans = LogRecorder.of("org.apache.webbeans.portable")) {
            try (TestContainer container = TestContainer.start(settings, classes.toArray(Class<?>[]::new))) {
                throw new AssertionError("no problem was reported of " + container.se());
            } catch (RuntimeException e) {
                List<Throwable> reported = new ArrayList<>(openWebBeans.thrown());
                reported.add(e);
                return problemsIn(reported);
            }
        }
    }

    /** Finds the problems of cdi-mqtt: Weld has them in its exception, OpenWebBeans in the log. CDI Lite has texts. */
    private static List<MqttException> problemsIn(List<Throwable> reported) {
        List<MqttException> found = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        reported.forEach(each -> collect(each, seen, found));
        assertThat(found).as(() -> "problems in " + reported).isNotEmpty();
        return found;
    }

    private static void collect(Throwable thrown, Set<Throwable> seen, List<MqttException> found) {
        if (thrown == null || !seen.add(thrown)) {
            return;
        }
        if (thrown instanceof MqttException problem) {
            found.add(problem);
        } else if (TestContainer.isLite()) {
            String.valueOf(thrown.getMessage())
                    .lines()
                    .filter(line -> line.startsWith("MQTT-"))
                    .filter(line -> found.stream().noneMatch(each -> line.equals(each.getMessage())))
                    .forEach(line -> found.add(problem(line)));
        }
        collect(thrown.getCause(), seen, found);
        for (Throwable each : thrown.getSuppressed()) {
            collect(each, seen, found);
        }
    }

    private static MqttException problem(String line) {
        MqttException problem = new MqttException(line);
        problem.setStackTrace(new StackTraceElement[0]);
        return problem;
    }

    @Override
    public String toString() {
        return description;
    }
}
