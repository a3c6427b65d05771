package io.github.cdimqtt.internal.concurrent;

import java.util.concurrent.Executor;

/**
 * Where a session runs.
 *
 * @param session where its own lane borrows a thread
 * @param lanes where lanes that call users' code borrow threads; never short of one
 * @param observers where async observers run, in no order
 * @param callbacks where stages are completed, and with them runs what users chained to them, in no order
 * @param calls where other code of users is called that a connection waits for: credentials; never short of a thread
 * @param timer time
 */
public record SessionExecutors(
        Executor session, Executor lanes, Executor observers, Executor callbacks, Executor calls, Timer timer) {}
