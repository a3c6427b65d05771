package io.github.cdimqtt.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.testing.LogRecorder;
import io.github.cdimqtt.testing.TestContainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A row of the table of wrong deployments: what is deployed, and the whole text of each problem. */
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

    WrongDeployment tells(String... texts) {
        return new WrongDeployment(description, classes, settings, List.of(texts));
    }

    /** Tries to deploy it, and returns what was told; fails if it could be deployed. */
    public List<MqttException> deploy() {
        try (LogRecorder openWebBeans = LogRecorder.of("org.apache.webbeans.portable")) {
            try (TestContainer container = TestContainer.start(settings, classes.toArray(Class<?>[]::new))) {
                throw new AssertionError("nothing was told of " + container.se());
            } catch (RuntimeException e) {
                List<Throwable> told = new ArrayList<>(openWebBeans.thrown());
                told.add(e);
                return problemsIn(told);
            }
        }
    }

    /** Finds our problems wherever the container has put them: Weld into its exception, OpenWebBeans into the log. */
    private static List<MqttException> problemsIn(List<Throwable> told) {
        List<MqttException> found = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        told.forEach(each -> collect(each, seen, found));
        assertThat(found).as(() -> "problems in " + told).isNotEmpty();
        return found;
    }

    private static void collect(Throwable thrown, Set<Throwable> seen, List<MqttException> found) {
        if (thrown == null || !seen.add(thrown)) {
            return;
        }
        if (thrown instanceof MqttException problem) {
            found.add(problem);
        }
        collect(thrown.getCause(), seen, found);
        for (Throwable each : thrown.getSuppressed()) {
            collect(each, seen, found);
        }
    }

    @Override
    public String toString() {
        return description;
    }
}
