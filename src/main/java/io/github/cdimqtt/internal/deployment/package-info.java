/** Checks what was found in an application and configured for it, and plans its connections. Reports all that is wrong at once. */
@NullMarked
package io.github.cdimqtt.internal.deployment;

import org.jspecify.annotations.NullMarked;
