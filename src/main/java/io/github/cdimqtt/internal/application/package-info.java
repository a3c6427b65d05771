/** The connections of one application: made, opened when it starts, closed when it ends, and the threads that run its code. */
@NullMarked
package io.github.cdimqtt.internal.application;

import org.jspecify.annotations.NullMarked;
