/** A connection as the application sees it: opened once, lost and found again for ever. Knows neither CDI nor a client library. */
@NullMarked
package io.github.cdimqtt.internal.session;

import org.jspecify.annotations.NullMarked;
