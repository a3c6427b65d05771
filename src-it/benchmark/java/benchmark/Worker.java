package benchmark;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One client in a JVM of its own, which takes commands, one a line: {@code receive <qos> <count> <bytes>}, {@code
 * publish ...}, {@code roundtrip ...}. Answers each with nanoseconds, nanoseconds of processor time, bytes allocated,
 * messages lost, and the median and the 99th percentile of the round trips, in nanoseconds.
 */
final class Worker {
    /** How many publishes the application starts before it waits for the first to be done. */
    private static final int WINDOW = 1_000;

    private static final int QUIET_MILLIS = 2_000;

    private final String name;
    private final Client client;
    private final AtomicLong received = new AtomicLong();
    private volatile long[] roundTrips = {};

    private Worker(String name) {
        this.name = name;
        client = Client.named(name);
    }

    public static void main(String[] args) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> Client.fail(failure));
        Worker worker = new Worker(args[0]);
        worker.client.connect(Integer.parseInt(args[1]), "in/" + args[0], "echo/" + args[0], worker::arrived);
        System.out.println("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println("done " + worker.run(line.split(" ")));
        }
        System.exit(0);
    }

    private void arrived(byte[] payload) {
        long[] nanos = roundTrips;
        long before = received.getAndIncrement();
        if (before < nanos.length) {
            nanos[(int) before] = System.nanoTime() - ByteBuffer.wrap(payload).getLong();
        }
    }

    private String run(String[] command) throws Exception {
        int qos = Integer.parseInt(command[1]);
        int count = Integer.parseInt(command[2]);
        int bytes = Integer.parseInt(command[3]);
        received.set(0);
        roundTrips = new long[command[0].equals("roundtrip") ? count : 0];
        Map<Long, Long> allocated = allocated();
        long cpu = cpu();
        long began = System.nanoTime();
        long ended;
        long lost;
        if (command[0].equals("publish")) {
            lost = publish(qos, count, bytes);
            ended = System.nanoTime();
        } else {
            if (command[0].equals("receive")) {
                client.publish("flood/" + qos + "/" + count + "/" + bytes + "/" + name, new byte[0], 0, () -> {});
            } else {
                echo(qos, count, bytes);
            }
            ended = awaitReceived(count);
            lost = count - received.get();
        }
        if (lost == count) {
            throw new IOException("all messages are lost");
        }
        long[] sorted =
                Arrays.stream(roundTrips).filter(nanos -> nanos > 0).sorted().toArray();
        return (ended - began) + " " + (cpu() - cpu) + " " + allocatedSince(allocated) + " " + lost + " "
                + percentile(sorted, 50) + " " + percentile(sorted, 99);
    }

    /** Returns when the last message had come; it gives up when none has come for two seconds. */
    private long awaitReceived(int count) throws InterruptedException {
        long last = -1;
        long lastCame = System.nanoTime();
        for (int quiet = 0; quiet < QUIET_MILLIS; quiet++) {
            long now = received.get();
            if (now != last) {
                last = now;
                lastCame = System.nanoTime();
                quiet = 0;
            }
            if (now >= count) {
                return lastCame;
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return lastCame;
    }

    private long publish(int qos, int count, int bytes) throws Exception {
        byte[] payload = new byte[bytes];
        Semaphore window = new Semaphore(WINDOW);
        for (int i = 0; i < count; i++) {
            if (!window.tryAcquire(30, TimeUnit.SECONDS)) {
                throw new IOException("no publish is done: " + i + " of " + count);
            }
            client.publish("out/" + name, payload, qos, window::release);
        }
        return window.tryAcquire(WINDOW, 30, TimeUnit.SECONDS) ? 0 : WINDOW - window.availablePermits();
    }

    /** Each message has the time at which it is due, so that a client that falls behind has slow round trips. */
    private void echo(int qos, int count, int bytes) throws Exception {
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = began + i * 1_000_000_000L / Scenario.ROUND_TRIPS_A_SECOND;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            byte[] payload = new byte[bytes];
            ByteBuffer.wrap(payload).putLong(due);
            client.publish("echo/" + name, payload, qos, () -> {});
        }
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** The bytes that each living thread has allocated. */
    private static Map<Long, Long> allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Map<Long, Long> allocated = new HashMap<>();
        for (long thread : threads.getAllThreadIds()) {
            allocated.put(thread, Math.max(0, threads.getThreadAllocatedBytes(thread)));
        }
        return allocated;
    }

    /** What the threads that live now have allocated since then; what a thread did that has ended is not known. */
    private static long allocatedSince(Map<Long, Long> before) {
        return allocated().entrySet().stream()
                .mapToLong(thread -> Math.max(0, thread.getValue() - before.getOrDefault(thread.getKey(), 0L)))
                .sum();
    }
}
