/** Opens the socket to a broker, with TLS and WebSocket where the address asks for them. */
@NullMarked
package io.github.cdimqtt.internal.net.connect;

import org.jspecify.annotations.NullMarked;
