package io.github.cdimqtt;

import org.jspecify.annotations.Nullable;

/**
 * Proves who the client is, step by step (MQTT 5.0, section 4.12): a CDI bean of this type, with {@link MqttBroker} for a named
 * connection. User name and password, of keys or of {@link MqttCredentials}, go beside it where the method uses them.
 *
 * <p>Needs MQTT 5. One conversation at a time for each connection, on threads of cdi-mqtt that may block: each step, ours and the
 * broker's, takes no longer than {@code connection-timeout}. A call that takes longer ends its conversation, and the next one
 * begins when it has returned. What is thrown ends the attempt to connect, which is then repeated; while the connection is up it
 * fails {@link Mqtt#reauthenticate()} and closes the connection, which is opened again. Data has at most 65,535 bytes, is not
 * changed later, and is never logged.
 */
public interface MqttAuthentication {

    /** Returns the name of the method, e.g. {@code SCRAM-SHA-256}: the same for the whole life of the bean. */
    String method();

    /**
     * Begins a conversation, with each CONNECT and each {@link Mqtt#reauthenticate()}; what was left of another is over. Returns
     * its first data, or null for none.
     */
    byte @Nullable [] begin();

    /**
     * Answers a challenge of the broker (AUTH with reason code 0x18).
     *
     * @param challenge what the broker sent; null for no data
     * @return what it gets; null for no data
     */
    byte @Nullable [] answer(byte @Nullable [] challenge);

    /**
     * The broker accepted. With some methods its last data proves who the broker is: throw to refuse it.
     *
     * @param data what the broker sent; null for no data
     */
    default void accepted(byte @Nullable [] data) {}
}
