package io.github.cdimqtt.internal.cdi;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What {@code {app}} in a client id stands for: the application's name in a server, else the class or jar started. */
final class ApplicationName {
    private static final String JAR = ".jar";

    private ApplicationName() {}

    static String find() {
        try {
            return Naming.lookUp();
        } catch (Exception | LinkageError noServer) { // or no module java.naming
            return ofCommand(System.getProperty("sun.java.command", ""));
        }
    }

    /** Apart, so that nothing else needs the module. */
    private static final class Naming {
        @SuppressWarnings("BanJNDI") // the name is a constant
        static String lookUp() throws NamingException {
            return InitialContext.doLookup("java:app/AppName");
        }
    }

    static String ofCommand(String command) {
        int end = command.indexOf(' ');
        String started = end < 0 ? command : command.substring(0, end);
        String name = started.endsWith(JAR)
                ? started.substring(
                        Math.max(started.lastIndexOf('/'), started.lastIndexOf('\\')) + 1,
                        started.length() - JAR.length())
                : started.substring(started.lastIndexOf('.') + 1);
        return name.isEmpty() ? "app" : name;
    }
}
