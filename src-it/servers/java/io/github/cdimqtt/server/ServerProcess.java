package io.github.cdimqtt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server, looked at from outside: all of its processes, where it has several domains. */
final class ServerProcess {

    private ServerProcess() {}

    /** The threads of the library and of its client. */
    static List<String> threads() {
        return jcmd("Thread.print").stream()
                .filter(line -> line.matches("\"(cdi-mqtt|MQTT|mqtt-).*"))
                .toList();
    }

    /** Waits until none of them is left. */
    static void awaitNoThread() {
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    /** How many class loaders have a class, after collections: what a finalizer held goes with the second. */
    static long loadersOf(Class<?> type) {
        jcmd("GC.run");
        jcmd("GC.run_finalization");
        jcmd("GC.run");
        return jcmd("VM.classloaders show-classes").stream()
                .filter(line -> line.replaceFirst("^[| +-]*(Classes: )?", "").equals(type.getName()))
                .count();
    }

    /** Ends those that run in a directory as the system ends a process, and waits for it. */
    static void end(Path directory) {
        List<ProcessHandle> processes = processes(directory.toString());
        processes.forEach(ProcessHandle::destroy);
        for (ProcessHandle each : processes) {
            try {
                each.onExit().get(1, TimeUnit.MINUTES);
            } catch (ExecutionException | TimeoutException e) {
                each.destroyForcibly();
            } catch (InterruptedException e) {
                each.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The lines of all answers. */
    private static List<String> jcmd(String command) {
        List<ProcessHandle> processes = processes(System.getProperty("server.directory"));
        if (processes.isEmpty()) {
            throw new IllegalStateException("the server does not run");
        }
        return processes.stream()
                .map(process -> jcmd(process, command))
                .flatMap(String::lines)
                .toList();
    }

    private static String jcmd(ProcessHandle process, String command) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            String.valueOf(process.pid()),
                            command)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (jcmd.waitFor() == 0) {
                return answer;
            }
            if (process.isAlive()) {
                throw new IllegalStateException("jcmd " + command + ": " + answer);
            }
            return ""; // a domain that was just about to end
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<ProcessHandle> processes(String directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(process -> process.info().commandLine().orElse("").contains(directory))
                .toList();
    }
}
