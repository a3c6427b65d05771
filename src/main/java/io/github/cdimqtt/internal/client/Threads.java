package io.github.cdimqtt.internal.client;

import java.util.concurrent.Executor;

/**
 * Where a session runs.
 *
 * @param session where its own lane borrows a thread
 * @param lanes where lanes that call users' code borrow threads; never short of one
 * @param observers where async observers run, in no order
 * @param callbacks where other code of users runs that has no order: chained stages, credentials
 * @param timer time
 */
public record Threads(Executor session, Executor lanes, Executor observers, Executor callbacks, Timer timer) {}
