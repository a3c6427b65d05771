package io.github.cdimqtt.server;

import io.github.cdimqtt.broker.Ports;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** How a server gives one copy of the library to its applications. */
enum Sharing {
    WILDFLY_MODULE("wildfly") {
        @Override
        void share(WebArchive application, Deployer deployer, Runnable check) throws IOException {
            Path module = copyTo(server().resolve("modules/io/github/cdimqtt/main"));
            try (InputStream description = Sharing.class.getResourceAsStream("/wildfly/module.xml")) {
                Files.copy(description, module.resolve("module.xml"));
            }
            deployer.deploy(APPLICATION);
            try {
                check.run();
            } finally {
                deployer.undeploy(APPLICATION);
            }
        }
    },

    LIBERTY_LIBRARY("openliberty") {
        @Override
        void share(WebArchive application, Deployer deployer, Runnable check) throws IOException {
            copyTo(server().resolve("usr/shared/resources/cdi-mqtt"));
            export(application, Files.createDirectories(DropIn.serverDirectory().resolve("apps")));
            try (DropIn library = DropIn.of("shared.xml")) {
                check.run();
            }
        }
    },

    /** Each library there has a class loader of its own: so the two jars in one. */
    APPLICATION_LIBRARY("payara") {
        @Override
        void share(WebArchive application, Deployer deployer, Runnable check) throws IOException {
            Domain domain = Domain.ofTests();
            Path libraries = Files.createDirectories(domain.directory().resolve("lib/applibs"));
            ShrinkWrap.create(ZipImporter.class, "cdi-mqtt.jar")
                    .importFrom(Archives.paho())
                    .importFrom(Archives.library())
                    .as(ZipExporter.class)
                    .exportTo(libraries.resolve("cdi-mqtt.jar").toFile());
            domain.deploy("--libraries", "cdi-mqtt.jar", export(application, server()));
            try {
                check.run();
            } finally {
                domain.undeploy(APPLICATION);
            }
        }
    },

    /** Read when the domain starts: so one of its own. */
    DOMAIN_LIBRARY("payara") {
        @Override
        void share(WebArchive application, Deployer deployer, Runnable check) throws IOException {
            Domain domain = new Domain(server(), "library", Ports.free());
            domain.create();
            copyTo(domain.directory().resolve("lib"));
            domain.start();
            try {
                domain.deploy(export(application, server()));
                check.run();
                domain.undeploy(APPLICATION);
            } finally {
                domain.stop();
            }
        }
    };

    static final String APPLICATION = "shared";

    private final String server;

    Sharing(String server) {
        this.server = server;
    }

    static Stream<Sharing> waysOf(String server) {
        return Stream.of(values()).filter(way -> way.server.equals(server));
    }

    /** Deploys the application while its server has the library, checks, and undeploys it. */
    abstract void share(WebArchive application, Deployer deployer, Runnable check) throws IOException;

    private static Path server() {
        return ServerDirectory.unpacked();
    }

    private static Path copyTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.copy(Archives.library().toPath(), directory.resolve("cdi-mqtt.jar"));
        Files.copy(Archives.paho().toPath(), directory.resolve("paho.jar"));
        return directory;
    }

    private static String export(WebArchive application, Path directory) {
        File war = directory.resolve(APPLICATION + ".war").toFile();
        application.as(ZipExporter.class).exportTo(war, true);
        return war.toString();
    }
}
