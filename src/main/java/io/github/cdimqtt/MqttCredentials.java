package io.github.cdimqtt;

import org.jspecify.annotations.Nullable;

/**
 * Supplies user name and password: a CDI bean of this type, with {@link MqttBroker} for a named connection, is asked
 * before each CONNECT, so that tokens may expire. It replaces the keys {@code username} and {@code password}.
 *
 * <p>Called on a thread of cdi-mqtt that may block, one call at a time for each connection. An answer that takes longer
 * than {@code connection-timeout} is not used, and fails the attempt to connect, as does whatever is thrown; the attempt is
 * then repeated.
 */
public interface MqttCredentials {

    /** Returns the user name, or null for none. */
    @Nullable
    String username();

    /** Returns the password or token, or null for none. Never logged. */
    @Nullable
    String password();
}
