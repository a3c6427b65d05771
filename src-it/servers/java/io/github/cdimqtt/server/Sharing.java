package io.github.cdimqtt.server;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        void share(List<WebArchive> applications, Deployer deployer, Runnable check, Runnable checkAfterwards)
                throws IOException {
            Path module = copyTo(server().resolve("modules/io/github/cdimqtt/main"));
            try (InputStream description = Sharing.class.getResourceAsStream("/wildfly/module.xml")) {
                Files.copy(description, module.resolve("module.xml"), REPLACE_EXISTING);
            }
            List<String> names = applications.stream().map(Sharing::nameOf).toList();
            try {
                names.forEach(deployer::deploy);
                check.run();
            } finally {
                names.forEach(deployer::undeploy);
            }
            checkAfterwards.run();
        }
    },

    LIBERTY_LIBRARY("openliberty") {
        @Override
        void share(List<WebArchive> applications, Deployer deployer, Runnable check, Runnable checkAfterwards)
                throws IOException {
            copyTo(server().resolve("usr/shared/resources/cdi-mqtt"));
            Path directory = Files.createDirectories(DropIn.serverDirectory().resolve("apps"));
            applications.forEach(application -> export(application, directory));
            try (DropIn library = DropIn.of("shared.xml")) {
                check.run();
            }
            checkAfterwards.run();
        }
    },

    /** Each library there has a class loader of its own: so the two jars in one. */
    APPLICATION_LIBRARY("payara") {
        @Override
        void share(List<WebArchive> applications, Deployer deployer, Runnable check, Runnable checkAfterwards)
                throws IOException {
            Domain domain = Domain.create("application-library");
            Path libraries = Files.createDirectories(domain.directory().resolve("lib/applibs"));
            ShrinkWrap.create(ZipImporter.class, "cdi-mqtt.jar")
                    .importFrom(Archives.paho())
                    .importFrom(Archives.library())
                    .as(ZipExporter.class)
                    .exportTo(libraries.resolve("cdi-mqtt.jar").toFile());
            inDomain(domain, applications, check, checkAfterwards, "--libraries", "cdi-mqtt.jar");
        }
    },

    /** Read when the domain starts: so one of its own. */
    DOMAIN_LIBRARY("payara") {
        @Override
        void share(List<WebArchive> applications, Deployer deployer, Runnable check, Runnable checkAfterwards)
                throws IOException {
            Domain domain = Domain.create("domain-library");
            copyTo(domain.directory().resolve("lib"));
            inDomain(domain, applications, check, checkAfterwards);
        }
    };

    private final String server;

    Sharing(String server) {
        this.server = server;
    }

    static Stream<Sharing> waysOf(String server) {
        return Stream.of(values()).filter(way -> way.server.equals(server));
    }

    /** Deploys applications where their server has the library, checks, undeploys them, and checks what is left. */
    abstract void share(List<WebArchive> applications, Deployer deployer, Runnable check, Runnable checkAfterwards)
            throws IOException;

    private static void inDomain(
            Domain domain, List<WebArchive> applications, Runnable check, Runnable checkAfterwards, String... options)
            throws IOException {
        try (domain) {
            domain.start();
            for (WebArchive each : applications) {
                domain.deploy(export(each, server()), options);
            }
            check.run();
            for (WebArchive each : applications) {
                domain.undeploy(nameOf(each));
            }
            checkAfterwards.run();
        }
    }

    private static Path server() {
        return ServerDirectory.unpacked();
    }

    private static Path copyTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.copy(Archives.library().toPath(), directory.resolve("cdi-mqtt.jar"), REPLACE_EXISTING);
        Files.copy(Archives.paho().toPath(), directory.resolve("paho.jar"), REPLACE_EXISTING);
        return directory;
    }

    private static String nameOf(WebArchive application) {
        return application.getName().replace(".war", "");
    }

    private static String export(WebArchive application, Path directory) {
        File war = directory.resolve(application.getName()).toFile();
        application.as(ZipExporter.class).exportTo(war, true);
        return war.toString();
    }
}
