/** Stores unacknowledged messages, so that they outlive the JVM. */
@NullMarked
package io.github.cdimqtt.internal.session.store;

import org.jspecify.annotations.NullMarked;
