/** A broker inside this JVM, for tests and development: MQTT 3.1, 3.1.1 and 5 without a socket. */
@NullMarked
package io.github.cdimqtt.internal.memory;

import org.jspecify.annotations.NullMarked;
