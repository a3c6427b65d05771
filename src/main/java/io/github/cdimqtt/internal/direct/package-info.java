/** The channel of packets over a socket of our own. */
@NullMarked
package io.github.cdimqtt.internal.direct;

import org.jspecify.annotations.NullMarked;
