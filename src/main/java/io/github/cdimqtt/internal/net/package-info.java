/** The address of a broker, and the bytes to and from it. Knows no packet. */
@NullMarked
package io.github.cdimqtt.internal.net;

import org.jspecify.annotations.NullMarked;
