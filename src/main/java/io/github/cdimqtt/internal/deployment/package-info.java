/** Validates what an application has in its code and its configuration, and plans its connections. Reports all problems together. */
@NullMarked
package io.github.cdimqtt.internal.deployment;

import org.jspecify.annotations.NullMarked;
