package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.transport.Transport;

/**
 * What a session is made of.
 *
 * @param broker the name of the connection
 * @param clientId the client identifier
 * @param config its settings
 * @param credentials asked before each CONNECT
 * @param transport opens its connections, of no other session
 * @param handler hands over what arrives
 * @param listener hears what happens
 * @param threads where it runs
 */
public record SessionSetup(
        String broker,
        String clientId,
        MqttConfig config,
        MqttCredentials credentials,
        Transport transport,
        MessageHandler handler,
        ConnectionListener listener,
        SessionExecutors threads) {}
