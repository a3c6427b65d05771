/** Payloads and topic variables to Java values, and back. */
@NullMarked
package io.github.cdimqtt.internal.convert;

import org.jspecify.annotations.NullMarked;
