package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A file {@code META-INF/microprofile-config.properties}, in UTF-8, or in UTF-16. */
record ConfigurationFile(String url, Map<String, String> values) {
    private static final String NAME = "META-INF/microprofile-config.properties";

    /**
     * Reads all that a class loader sees, in its order.
     *
     * @throws MqttException if one can't be read
     */
    static List<ConfigurationFile> all(@Nullable ClassLoader loader) {
        try {
            List<ConfigurationFile> files = new ArrayList<>();
            for (URL url : Collections.list(
                    (loader == null ? ClassLoader.getSystemClassLoader() : loader).getResources(NAME))) {
                files.add(read(url));
            }
            return files;
        } catch (IOException e) {
            throw new MqttException(NAME + ": " + Printable.reason(e));
        }
    }

    private static ConfigurationFile read(URL url) {
        Properties properties = new Properties();
        try (InputStream file = open(url)) {
            properties.load(new StringReader(TextFile.decode(file.readAllBytes())));
        } catch (IOException | IllegalArgumentException e) { // the latter for a bad backslash-u
            throw new MqttException(Printable.of(url.toString()) + ": " + Printable.reason(e));
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name, "")));
        return new ConfigurationFile(url.toString(), values);
    }

    private static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false); // a cached jar file would stay open after undeployment
        return connection.getInputStream();
    }
}
