package dashboard;

import io.github.cdimqtt.Mqtt;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.jboss.weld.environment.se.Weld;

/** The dashboard without a Jakarta EE server: Weld for the beans, Tomcat for the page, for this machine only. */
final class Server implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.1";

    private final SeContainer beans;
    private final Tomcat tomcat = new Tomcat();

    /** Starts it on a port, or on a free one if that is 0. */
    Server(int port, Path pages, Path work) throws LifecycleException {
        beans = new Weld().skipShutdownHook().initialize();
        tomcat.setBaseDir(work.toString());
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", ADDRESS);
        tomcat.getConnector().setThrowOnFailure(true);
        answerToOurNameOnly();

        StandardContext context =
                (StandardContext) tomcat.addContext("", pages.toAbsolutePath().toString());
        context.setClearReferencesObjectStreamClassCaches(false); // has no classes of its own that could leak
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        Tomcat.addDefaultMimeTypeMappings(context);
        context.addWelcomeFile("index.html");
        serve(context, new DefaultServlet(), "/");
        serve(context, beans.select(Live.class).get(), "/live");
        serve(context, beans.select(Commands.class).get(), "/publish", "/request", "/subscribe", "/unsubscribe");
        tomcat.start();
    }

    String address() {
        return "http://" + ADDRESS + ":" + tomcat.getConnector().getLocalPort() + "/";
    }

    Mqtt mqtt() {
        return beans.select(Mqtt.class).get();
    }

    @Override
    public void close() throws LifecycleException {
        beans.close(); // and with it the connection; the pages end
        tomcat.stop();
        tomcat.destroy();
    }

    /** Else a site whose name is made to lead to this machine could use the page (DNS rebinding). */
    private void answerToOurNameOnly() {
        tomcat.getHost().addAlias(ADDRESS);
        StandardHost nobody = new StandardHost();
        nobody.setName("nobody");
        tomcat.getEngine().addChild(nobody);
        tomcat.getEngine().setDefaultHost("nobody");
    }

    private static void serve(Context context, Servlet servlet, String... paths) {
        String name = servlet.getClass().getSimpleName();
        Tomcat.addServlet(context, name, servlet);
        for (String path : paths) {
            context.addServletMappingDecoded(path, name);
        }
    }
}
