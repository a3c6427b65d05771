/** How a broker is reached beyond TCP: TLS and WebSocket. Knows neither CDI nor MQTT's packets. */
@NullMarked
package io.github.cdimqtt.internal.net;

import org.jspecify.annotations.NullMarked;
