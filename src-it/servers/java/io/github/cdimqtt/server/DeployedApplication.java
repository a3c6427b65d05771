package io.github.cdimqtt.server;

import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;

/** An application that is in the server until it is closed, and how long it took to come and to go. */
final class DeployedApplication implements AutoCloseable {
    private final Deployer deployer;
    private final String name;
    private Duration deployment;
    private Duration undeployment;

    /** One of the deployments that the test class declares; {@link #deploy} is still to be called. */
    DeployedApplication(Deployer deployer, String name) {
        this.deployer = deployer;
        this.name = name;
    }

    DeployedApplication deploy() {
        deployment = time(() -> deployer.deploy(name));
        return this;
    }

    /** Undeploys it, also where it could not be deployed. */
    @Override
    public void close() {
        undeployment = time(() -> deployer.undeploy(name));
    }

    Duration deployment() {
        return deployment;
    }

    Duration undeployment() {
        return undeployment;
    }

    private static Duration time(Runnable what) {
        long began = System.nanoTime();
        what.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
