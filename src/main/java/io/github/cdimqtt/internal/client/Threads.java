package io.github.cdimqtt.internal.client;

import java.util.concurrent.Executor;

/**
 * Where a session runs.
 *
 * @param lanes where lanes borrow threads; never short of one
 * @param callbacks where users' code runs that has no order: chained stages, async observers, credentials
 * @param timer time
 */
public record Threads(Executor lanes, Executor callbacks, Timer timer) {}
