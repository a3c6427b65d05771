package io.github.cdimqtt.internal.cdi;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What {@code {app}} in a client id stands for: the application's name in a server, else the class or jar started. */
final class ApplicationName {
    private static final String JAR = ".jar";

    private ApplicationName() {}

    @SuppressWarnings("BanJNDI") // the name is a constant
    static String find() {
        try {
            return InitialContext.doLookup("java:app/AppName");
        } catch (NamingException | ClassCastException noServer) {
            return ofCommand(System.getProperty("sun.java.command", ""));
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
