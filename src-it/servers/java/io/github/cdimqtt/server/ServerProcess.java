package io.github.cdimqtt.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The server, looked at from outside. */
final class ServerProcess {

    private ServerProcess() {}

    /** The threads of the library and of its client. */
    static List<String> threads() {
        return jcmd("Thread.print")
                .lines()
                .filter(line -> line.matches("\"(cdi-mqtt|MQTT|mqtt-).*"))
                .toList();
    }

    /** How many class loaders have a class, after collections: what a finalizer held goes with the second. */
    static long loadersOf(Class<?> type) {
        jcmd("GC.run");
        jcmd("GC.run_finalization");
        jcmd("GC.run");
        return jcmd("VM.classloaders show-classes")
                .lines()
                .filter(line -> line.replaceFirst("^[| +-]*(Classes: )?", "").equals(type.getName()))
                .count();
    }

    private static String jcmd(String command) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            String.valueOf(pid()),
                            command)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (jcmd.waitFor() != 0) {
                throw new IllegalStateException("jcmd " + command + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long pid() {
        String directory = System.getProperty("server.directory");
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(process -> process.info().commandLine().orElse("").contains(directory))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElseThrow();
    }
}
