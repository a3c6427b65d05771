/**
 * MQTT as CDI events: everything that an application imports.
 *
 * <p>Observe messages with {@link io.github.cdimqtt.MqttTopic}, publish with {@link io.github.cdimqtt.Mqtt}, watch a
 * connection with {@link io.github.cdimqtt.MqttEvent}.
 */
@NullMarked
package io.github.cdimqtt;

import org.jspecify.annotations.NullMarked;
