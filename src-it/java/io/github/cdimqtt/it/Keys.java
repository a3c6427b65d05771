package io.github.cdimqtt.it;

import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.SecuredBroker;
import io.github.cdimqtt.broker.TestBroker;
import java.util.LinkedHashMap;
import java.util.Map;

/** Configuration keys of a test's connections. */
final class Keys {

    private Keys() {}

    /** Returns the keys of the default connection to this broker; {@code more} are keys and values alternately, without {@code mqtt.}. */
    static Map<String, String> of(TestBroker broker, String... more) {
        return of(broker.url(), more);
    }

    /** Returns the keys of the default connection to this address. */
    static Map<String, String> of(String url, String... more) {
        return with("mqtt.", url, more);
    }

    /** Returns the keys of the default connection to a broker with user names and passwords. */
    static Map<String, String> secured(ArtemisBroker broker, String... more) {
        Map<String, String> keys = of(broker.url(), more);
        keys.put("mqtt.username", SecuredBroker.USER);
        keys.put("mqtt.password", SecuredBroker.PASSWORD);
        return keys;
    }

    /** Returns the keys of a named connection to this address. */
    static Map<String, String> named(String name, String url, String... more) {
        return with("mqtt." + name + ".", url, more);
    }

    /** Returns all keys of both. */
    static Map<String, String> and(Map<String, String> some, Map<String, String> others) {
        Map<String, String> both = new LinkedHashMap<>(some);
        both.putAll(others);
        return both;
    }

    private static Map<String, String> with(String prefix, String url, String... more) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(prefix + "broker-url", url);
        for (int i = 0; i < more.length; i += 2) {
            keys.put(prefix + more[i], more[i + 1]);
        }
        return keys;
    }
}
