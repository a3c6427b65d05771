/** The seam between a session and the network: packets out, packets in. */
@NullMarked
package io.github.cdimqtt.internal.transport;

import org.jspecify.annotations.NullMarked;
