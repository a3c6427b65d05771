/** Keeps messages that are under way over the death of the JVM. */
@NullMarked
package io.github.cdimqtt.internal.session.store;

import org.jspecify.annotations.NullMarked;
