package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.config.ConfiguredTopics;
import io.github.cdimqtt.internal.config.ConnectionPrefix;
import io.github.cdimqtt.internal.deployment.DeploymentPlan;
import io.github.cdimqtt.internal.deployment.OnFailureValidator;
import io.github.cdimqtt.internal.deployment.TlsValidator;
import io.github.cdimqtt.internal.deployment.VersionValidator;
import io.github.cdimqtt.internal.reporting.Log;
import io.github.cdimqtt.internal.reporting.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the settings of a connection: in a bean of the application, otherwise in its configuration keys, which were validated
 * at deployment. Thread-safe.
 */
final class ConnectionSettings {
    private final DeploymentPlan plan;
    private final BeanLookup beans;
    private final Map<String, MqttConfig> produced = new ConcurrentHashMap<>();

    ConnectionSettings(DeploymentPlan plan, BeanLookup beans) {
        this.plan = plan;
        this.beans = beans;
    }

    /**
     * Returns the settings of a connection.
     *
     * @throws MqttException if there are none, or a bean has wrong ones
     */
    MqttConfig config(String name) {
        MqttConfig ofBean = beans.reference(name, MqttConfig.class);
        if (ofBean != null) {
            produced.put(name, ofBean);
            validate(name, ofBean);
            return ofBean;
        }
        MqttConfig read = plan.configs().get(name);
        if (read == null) {
            throw new MqttException("there is no connection '" + name + "'; set "
                    + ConnectionPrefix.of(name).address());
        }
        return read;
    }

    /** Returns whether the application may not start without a connection, as far as its settings are known. */
    boolean failFast(String name) {
        MqttConfig known = produced.getOrDefault(name, plan.configs().get(name));
        return known != null && known.failFast();
    }

    /** Returns the credentials of a connection. */
    MqttCredentials credentials(String name, MqttConfig config) {
        MqttCredentials bean = beans.reference(name, MqttCredentials.class);
        return bean == null ? new ConfiguredCredentials(config) : bean;
    }

    /** Returns what proves who the client is; null if user name and password do. */
    @Nullable
    MqttAuthentication authentication(String name) {
        return beans.reference(name, MqttAuthentication.class);
    }

    private void validate(String name, MqttConfig produced) {
        List<String> faults = new ArrayList<>();
        String bean = "the MqttConfig bean of '" + name + "': ";
        new TlsValidator(found -> sort(found, bean, faults)).validate("", produced);
        ConfiguredTopics.faults(produced).forEach((key, fault) -> faults.add(key + ": " + fault));
        OnFailureValidator failures = new OnFailureValidator(found -> sort(found, "", faults));
        VersionValidator versions = new VersionValidator(found -> sort(found, "", faults));
        plan.observersOf(name).forEach(observer -> {
            failures.validate(observer, name, produced);
            versions.validate(observer, name, produced);
        });
        versions.validate(beans, name, produced);
        if (!faults.isEmpty()) {
            throw new MqttException(bean + String.join("; ", faults));
        }
    }

    private static void sort(Problem found, String prefix, List<String> faults) {
        if (found.isFatal()) {
            faults.add(found.text());
        } else {
            Log.write(found.id(), prefix + found.text());
        }
    }

    private record ConfiguredCredentials(MqttConfig config) implements MqttCredentials {
        @Override
        public @Nullable String username() {
            return config.username();
        }

        @Override
        public @Nullable String password() {
            return config.password();
        }
    }
}
