package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.PublishInTransaction;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.beans.Naming;
import io.github.cdimqtt.internal.config.ConfigReader;
import io.github.cdimqtt.internal.config.ConnectionPrefix;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problems;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transaction.Transactions;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Finds the connections of a deployment; reads and validates the settings and the beans of each. Not thread-safe. */
final class ConnectionValidator {
    private final Discovered found;
    private final BeanLookup beans;
    private final Set<String> produced;
    private final ConfigReader reader;
    private final Problems problems;
    private final Map<String, MqttConfig> configs = new LinkedHashMap<>();

    ConnectionValidator(Discovered found, BeanLookup beans, ConfigReader reader, Problems problems) {
        this.found = found;
        this.beans = beans;
        this.produced = beans.brokersWith(MqttConfig.class);
        this.reader = reader;
        this.problems = problems;
    }

    /** Validates all connections that are used or configured, and returns their names. */
    Set<String> validate() {
        Set<String> used = used();
        for (String broker : used) {
            if (!produced.contains(broker)) { // an MqttConfig bean is fetched at the start
                validateName(broker);
            }
            validateBean(broker, MqttConfig.class);
            validateBean(broker, MqttCredentials.class);
            validateBean(broker, MqttAuthentication.class);
        }
        return used;
    }

    /** Returns the settings that were read from keys, by name of the connection; complete after {@link #validate}. */
    Map<String, MqttConfig> configs() {
        return configs;
    }

    private Set<String> used() {
        Set<String> used = new LinkedHashSet<>(found.injected());
        used.addAll(found.mentioned());
        found.observers().stream()
                .map(each -> each.observer().broker())
                .filter(broker -> broker != null)
                .forEach(used::add);
        used.addAll(produced);
        used.addAll(reader.names(found.mentioned()));
        if (reader.isConfigured(MqttBroker.DEFAULT)) {
            used.add(MqttBroker.DEFAULT);
        }
        return used;
    }

    private void validateName(String broker) {
        ConnectionPrefix keys = ConnectionPrefix.of(broker);
        if (broker.equals(MqttBroker.DEFAULT)) {
            read(broker);
        } else if (keys.isReserved()) {
            report(
                    MessageId.BAD_NAME,
                    broker,
                    broker.isEmpty()
                            ? "a connection needs a name; write one"
                            : "a connection can't have the name '" + broker + "', as " + keys.prefix()
                                    + "* are keys of the default connection; choose another");
        } else if (reader.isConfigured(broker)) {
            read(broker);
        } else {
            report(
                    MessageId.UNKNOWN_BROKER,
                    broker,
                    "there is no connection '" + broker + "'; set " + keys.address()
                            + ", or produce an MqttConfig with @MqttBroker(\"" + broker + "\")");
        }
    }

    private void validateBean(String broker, Class<?> type) {
        try {
            Bean<?> bean = beans.of(broker, type);
            String fault = bean == null ? null : beans.unproxyable(bean, type);
            if (fault != null) {
                problems.add(MessageId.UNPROXYABLE, fault);
            }
        } catch (AmbiguousResolutionException e) {
            problems.add(
                    MessageId.AMBIGUOUS_BEAN,
                    "the connection '" + broker + "' has more than one " + type.getSimpleName() + " bean, in "
                            + String.join(", ", beans.candidateClasses(broker, type))
                            + "; remove all but one, or make the one that counts an @Alternative with a @Priority");
        }
    }

    private void validateTransactions(String broker, MqttConfig config) {
        PublishInTransaction when = config.publishInTransaction();
        String prefix = ConnectionPrefix.of(broker).prefix();
        try {
            if (when != PublishInTransaction.NOW && Transactions.areMissing(beans)) {
                problems.add(MessageId.TRANSACTIONS_MISSING, prefix + Transactions.missingFor(when));
            }
        } catch (AmbiguousResolutionException e) {
            problems.add(MessageId.AMBIGUOUS_BEAN, prefix + Transactions.ambiguousFor(when));
        }
    }

    private void validateOutbox(String broker, MqttConfig config) {
        String name = config.outbox().dataSource();
        if (name != null && !beans.hasNamed(name, DataSource.class) && !Naming.mayHave(name)) {
            problems.add(
                    MessageId.DATA_SOURCE_MISSING,
                    ConnectionPrefix.of(broker).prefix() + "outbox.data-source=" + Printable.of(name)
                            + ": there is no DataSource bean with that name; correct the name, or produce the DataSource with"
                            + " @Named");
        }
    }

    private void report(MessageId id, String broker, String fault) {
        found.locationsOf(broker).forEach(location -> problems.add(id, location + ": " + fault));
    }

    private void read(String broker) {
        MqttConfig config = reader.read(broker);
        if (config != null) {
            new TlsValidator(problems::add).validate(ConnectionPrefix.of(broker).prefix(), config);
            new VersionValidator(problems::add).validate(beans, broker, config);
            if (config.enabled()) {
                validateTransactions(broker, config);
                validateOutbox(broker, config);
            }
            configs.put(broker, config);
        }
    }
}
