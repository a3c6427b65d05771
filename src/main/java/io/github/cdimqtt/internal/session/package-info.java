/** A connection as the application sees it: opened once, and reopened after each loss. Knows neither CDI nor a client library. */
@NullMarked
package io.github.cdimqtt.internal.session;

import org.jspecify.annotations.NullMarked;
