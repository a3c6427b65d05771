/** The MQTT session: topic filters, matching, state, queues and order. Knows neither CDI nor a client library. */
@NullMarked
package io.github.cdimqtt.internal.client;

import org.jspecify.annotations.NullMarked;
