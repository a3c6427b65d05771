package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.beans.Container;
import io.github.cdimqtt.internal.concurrent.ThreadPools;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.deployment.DeploymentPlanner;
import io.github.cdimqtt.internal.deployment.Discovered;
import io.github.cdimqtt.internal.dispatch.ObserverIsolation;
import io.github.cdimqtt.internal.reporting.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** One application: what is wrong with it, its threads and its connections. Thread-safe. */
public final class Application {
    private final List<Problem> problems;
    private final ApplicationThreads threads = new ApplicationThreads();
    private final ThreadPools pools;
    private final Connections connections;

    /** Plans what the front has found, and starts nothing. */
    public Application(Discovered found, BeanLookup beanLookup, Container container, ObserverIsolation isolation) {
        DeploymentPlanner planner = new DeploymentPlanner(found, beanLookup);
        this.pools = new ThreadPools(threads::plain, threads, threads.ready());
        this.connections = new Connections(planner.plan(), beanLookup, container, isolation, pools, threads);
        this.problems = planner.problems();
    }

    /** Returns all that is wrong with it; if anything is, it is not to be started. */
    public List<Problem> problems() {
        return problems;
    }

    public Connections connections() {
        return connections;
    }

    /** Finds the threads of the server: on a thread that has the naming of the application. */
    public void findThreads() {
        threads.find(pools);
    }

    /** Runs an action later, on a thread of the application. */
    public Timer.Task schedule(Duration delay, Runnable action) {
        Executor calls = pools.executors().calls();
        return pools.schedule(delay, () -> calls.execute(action));
    }
}
