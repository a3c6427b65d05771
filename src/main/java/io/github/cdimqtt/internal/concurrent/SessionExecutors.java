package io.github.cdimqtt.internal.concurrent;

import java.util.concurrent.Executor;

/**
 * The executors of a session.
 *
 * @param session lends the thread of the session's serial executor
 * @param dispatch lends threads to the serial executors that call application code; always has a free one
 * @param observers runs async observers, in no order
 * @param callbacks completes stages, and so runs what the application chained to them, in no order
 * @param calls runs other application code that a connection waits for, such as credentials; always has a free thread
 * @param timer schedules tasks
 */
public record SessionExecutors(
        Executor session, Executor dispatch, Executor observers, Executor callbacks, Executor calls, Timer timer) {}
