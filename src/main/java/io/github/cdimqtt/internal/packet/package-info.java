/** Control packets as bytes (MQTT 3.1.1, section 2): read, checked and written. Knows no socket. */
@NullMarked
package io.github.cdimqtt.internal.packet;

import org.jspecify.annotations.NullMarked;
