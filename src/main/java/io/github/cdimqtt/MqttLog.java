package io.github.cdimqtt;

/**
 * A line that cdi-mqtt logs about a connection, fired as a CDI event where it is observed, {@code DEBUG} included.
 * Never holds a payload or a secret.
 *
 * @param broker the name of the connection
 * @param level the level of the line
 * @param source what wrote it, for instance {@code session} or {@code dispatch}
 * @param text the line
 */
public record MqttLog(String broker, System.Logger.Level level, String source, String text) {}
