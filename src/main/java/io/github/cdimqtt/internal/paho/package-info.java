/** The channel over Eclipse Paho mqttv3: the only code that names it. */
@NullMarked
package io.github.cdimqtt.internal.paho;

import org.jspecify.annotations.NullMarked;
