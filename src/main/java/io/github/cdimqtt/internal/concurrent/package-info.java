/** Threads, executors and time: which thread runs a task, in which order, and when. Knows nothing of MQTT. */
@NullMarked
package io.github.cdimqtt.internal.concurrent;

import org.jspecify.annotations.NullMarked;
