/** Threads, executors and time: who runs a task, in which order, and when. Knows nothing of MQTT. */
@NullMarked
package io.github.cdimqtt.internal.concurrent;

import org.jspecify.annotations.NullMarked;
