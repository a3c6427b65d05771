package io.github.cdimqtt.server;

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
        void share(WebArchive application, Deployer deployer, Runnable check, Runnable checkAfterwards)
                throws IOException {
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
            checkAfterwards.run();
        }
    },

    LIBERTY_LIBRARY("openliberty") {
        @Override
        void share(WebArchive application, Deployer deployer, Runnable check, Runnable checkAfterwards)
                throws IOException {
            copyTo(server().resolve("usr/shared/resources/cdi-mqtt"));
            export(application, Files.createDirectories(DropIn.serverDirectory().resolve("apps")));
            try (DropIn library = DropIn.of("shared.xml")) {
                check.run();
            }
            checkAfterwards.run();
        }
    },

    /** Each library there has a class loader of its own: so the two jars in one. */
    APPLICATION_LIBRARY("payara") {
        @Override
        void share(WebArchive application, Deployer deployer, Runnable check, Runnable checkAfterwards)
                throws IOException {
            Domain domain = Domain.create("application-library");
            Path libraries = Files.createDirectories(domain.directory().resolve("lib/applibs"));
            ShrinkWrap.create(ZipImporter.class, "cdi-mqtt.jar")
                    .importFrom(Archives.paho())
                    .importFrom(Archives.library())
                    .as(ZipExporter.class)
                    .exportTo(libraries.resolve("cdi-mqtt.jar").toFile());
            inDomain(domain, check, checkAfterwards, "--libraries", "cdi-mqtt.jar", export(application, server()));
        }
    },

    /** Read when the domain starts: so one of its own. */
    DOMAIN_LIBRARY("payara") {
        @Override
        void share(WebArchive application, Deployer deployer, Runnable check, Runnable checkAfterwards)
                throws IOException {
            Domain domain = Domain.create("domain-library");
            copyTo(domain.directory().resolve("lib"));
            inDomain(domain, check, checkAfterwards, export(application, server()));
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

    /** Deploys the application where its server has the library, checks, undeploys it, and checks what is left. */
    abstract void share(WebArchive application, Deployer deployer, Runnable check, Runnable checkAfterwards)
            throws IOException;

    private static void inDomain(Domain domain, Runnable check, Runnable checkAfterwards, String... deployment)
            throws IOException {
        domain.start();
        try {
            domain.deploy(deployment);
            try {
                check.run();
            } finally {
                domain.undeploy(APPLICATION);
            }
            checkAfterwards.run();
        } finally {
            domain.stop();
        }
    }

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
