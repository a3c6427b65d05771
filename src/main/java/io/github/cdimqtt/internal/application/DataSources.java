package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.beans.Naming;
import io.github.cdimqtt.internal.text.Printable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Finds data sources by the name of a bean or in naming: once, when they are first used. Thread-safe. */
final class DataSources {
    private final BeanLookup beans;
    private final Map<String, DataSource> found = new ConcurrentHashMap<>();

    DataSources(BeanLookup beans) {
        this.beans = beans;
    }

    /**
     * Returns a data source.
     *
     * @throws MqttException if there is none of that name
     */
    DataSource find(String name) {
        DataSource known = found.get(name);
        if (known == null) {
            DataSource bean = beans.named(name, DataSource.class);
            known = bean == null ? lookUp(name) : bean;
            found.put(name, known);
        }
        return known;
    }

    private static DataSource lookUp(String name) {
        try {
            return Naming.lookUp(name, DataSource.class);
        } catch (MqttException e) {
            throw new MqttException(
                    "outbox.data-source=" + Printable.of(name)
                            + ": there is no DataSource bean with that name, and naming has"
                            + " none (" + Printable.of(String.valueOf(e.getMessage()))
                            + "); correct the name, or produce the DataSource with @Named",
                    e);
        }
    }
}
