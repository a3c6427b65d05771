/** Control packets as values and as bytes (MQTT 3.1.1 and 5.0, section 2): decoded, checked and encoded. Knows no socket. */
@NullMarked
package io.github.cdimqtt.internal.packet;

import org.jspecify.annotations.NullMarked;
