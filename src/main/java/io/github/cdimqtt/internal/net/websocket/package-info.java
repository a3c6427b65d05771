/** WebSocket (RFC 6455): its handshake and its frames. */
@NullMarked
package io.github.cdimqtt.internal.net.websocket;

import org.jspecify.annotations.NullMarked;
