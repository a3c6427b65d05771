package io.github.cdimqtt.server;

import io.github.cdimqtt.server.app.kinds.Point;
import io.github.cdimqtt.server.app.launched.Greeter;
import io.github.cdimqtt.server.app.launched.alone.NonDaemon;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** One application, for web containers and for others. */
final class LaunchedApplication {

    private LaunchedApplication() {}

    static WebArchive war() {
        return bareWar().addAsLibraries(Archives.library(), Archives.paho());
    }

    /** Without the library. */
    static WebArchive bareWar() {
        return ShrinkWrap.create(WebArchive.class)
                .addPackage(Greeter.class.getPackage())
                .addPackage(Point.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(configuration(), Archives.CONFIGURATION);
    }

    static JavaArchive jar() {
        return ShrinkWrap.create(JavaArchive.class)
                .addPackage(Greeter.class.getPackage())
                .addPackage(Point.class.getPackage())
                .addPackage(NonDaemon.class.getPackage())
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(configuration(), Archives.CONFIGURATION);
    }

    private static StringAsset configuration() {
        return Archives.configuration("mqtt.broker-url=" + Broker.url());
    }
}
