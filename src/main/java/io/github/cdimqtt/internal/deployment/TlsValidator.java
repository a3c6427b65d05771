package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.net.tls.Tls;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problem;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Validates the TLS settings of a connection: files, passwords, keys, cipher suites. Thread-safe if its listener is. */
public final class TlsValidator {
    private final Consumer<Problem> problems;

    public TlsValidator(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /**
     * Validates the settings of a connection, unless it is disabled.
     *
     * @param prefix the prefix of its keys
     */
    public void validate(String prefix, MqttConfig config) {
        if (!config.enabled()) {
            return;
        }
        if (!config.tlsEnabled()) {
            warnOf(prefix, "tls.ca-certs", config.tls().caCerts());
            warnOf(prefix, "tls.truststore", config.tls().truststore());
            warnOf(prefix, "tls.certfile", config.tls().certfile());
            warnOf(prefix, "tls.keystore", config.tls().keystore());
            return;
        }
        Tls tls = new Tls(config.tls());
        tls.faults().forEach(fault -> problems.accept(new Problem(MessageId.BAD_TLS, prefix + fault.getMessage())));
        tls.warnings()
                .forEach(fault -> problems.accept(new Problem(MessageId.DOUBTFUL_TLS, prefix + fault.getMessage())));
    }

    private void warnOf(String prefix, String key, @Nullable String file) {
        if (file != null) {
            problems.accept(new Problem(
                    MessageId.DOUBTFUL_TLS,
                    prefix + key + " is set, but no address uses TLS: everything goes over the network as it is;"
                            + " write ssl:// in broker-url, or set tls.enabled=true"));
        }
    }
}
