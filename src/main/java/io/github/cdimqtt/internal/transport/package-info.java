/** The seam between a session and a client library. */
@NullMarked
package io.github.cdimqtt.internal.transport;

import org.jspecify.annotations.NullMarked;
