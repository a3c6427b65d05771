/** What the values of settings may be, and how a fault in one is written. Knows text alone. */
@NullMarked
package io.github.cdimqtt.internal.value;

import org.jspecify.annotations.NullMarked;
