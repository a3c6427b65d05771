package benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Measures what clients do with messages. Each client has a JVM that stays for the whole run. In each round every
 * client runs the scenario, one after the other, in an order that is drawn anew, so that what else the machine does
 * meets them all alike. The next one waits until the one before it and the broker have come to rest.
 *
 * <p>A warm-up, which is not counted, also finds for each client the number of messages that take two seconds.
 */
final class Throughput implements AutoCloseable {
    private static final double SECONDS = 2;
    private static final int FEWEST = 100;
    private static final int WARM_UPS = 5;
    private static final int REST_MILLIS = 50;
    private static final int MOST_RESTS = 40;

    private record Key(Scenario scenario, int bytes, String client) {}

    private final Options options;
    private final Random random;
    private final Broker broker;
    private final Map<String, ChildJvm> workers = new LinkedHashMap<>();
    private final Map<Key, Integer> counts = new LinkedHashMap<>();
    private final Map<Key, List<Result>> results = new LinkedHashMap<>();
    private final Set<Key> failed = new HashSet<>();

    Throughput(Options options) throws IOException {
        this.options = options;
        random = new Random(options.seed());
        broker = Broker.start(options.broker());
        try {
            for (String client : options.clients()) {
                workers.put(client, worker(client));
            }
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private ChildJvm worker(String client) throws IOException {
        String classPath = ChildJvm.classPath(
                jar -> ChildJvm.isOfTransactions(jar) || !client.equals("smallrye") && ChildJvm.isOfSmallRye(jar));
        ChildJvm worker = new ChildJvm(client, classPath, Worker.class, client, Integer.toString(broker.port()));
        worker.await("ready");
        return worker;
    }

    void run(List<Scenario> scenarios, int bytes) throws IOException, InterruptedException {
        for (Scenario scenario : scenarios) {
            System.out.println("warm-up of " + scenario.name() + ", " + bytes + " bytes");
            for (String client : clientsFor(scenario)) {
                Key key = new Key(scenario, bytes, client);
                results.put(key, new ArrayList<>());
                warmUp(key);
            }
        }
        for (int round = 1; round <= options.rounds(); round++) {
            System.out.println("round " + round + " of " + options.rounds() + ", " + bytes + " bytes");
            for (Scenario scenario : scenarios) {
                List<String> clients = new ArrayList<>(clientsFor(scenario));
                Collections.shuffle(clients, random);
                for (String client : clients) {
                    Key key = new Key(scenario, bytes, client);
                    if (!failed.contains(key)) {
                        measure(key, counts.get(key)).ifPresent(results.get(key)::add);
                    }
                }
            }
        }
    }

    private List<String> clientsFor(Scenario scenario) {
        return options.clients().stream()
                .filter(client -> Client.takes(client, scenario))
                .toList();
    }

    private void warmUp(Key key) throws IOException, InterruptedException {
        int count = FEWEST;
        for (int i = 0; i < WARM_UPS && !failed.contains(key); i++) {
            double perSecond = measure(key, count).map(Result::perSecond).orElse(0.0);
            count = Math.max(FEWEST, (int) (perSecond * SECONDS / options.scale()));
        }
        counts.put(key, count);
    }

    /** A client that does not survive a scenario is not asked for it again. */
    private Optional<Result> measure(Key key, int count) throws IOException, InterruptedException {
        ChildJvm worker = workers.get(key.client);
        long brokerBefore = broker.cpuNanos();
        try {
            worker.send(key.scenario.command(count, key.bytes));
            String answer = worker.await("done");
            Result result = Result.of(answer, count, broker.cpuNanos() - brokerBefore);
            awaitRest(key.client);
            return Optional.of(result);
        } catch (IOException ended) {
            System.out.println(ended.getMessage());
            failed.add(key);
            results.get(key).clear();
            worker.close();
            restart(key);
            return Optional.empty();
        }
    }

    /** Warms up the new JVM as the one before it was; its other scenarios go on. */
    private void restart(Key last) throws IOException, InterruptedException {
        workers.put(last.client, worker(last.client));
        for (Key key : List.copyOf(counts.keySet())) {
            if (key.client.equals(last.client) && key.bytes == last.bytes) {
                warmUp(key);
            }
        }
    }

    /** A client may have work left when it has said that it is done. Waits for two seconds at most. */
    private void awaitRest(String client) throws InterruptedException {
        long before = -1;
        for (int i = 0; i < MOST_RESTS; i++) {
            long now = workers.get(client).cpu().toNanos() + broker.cpuNanos();
            if (now == before) {
                return;
            }
            before = now;
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        }
        System.out.println(client + " does not come to rest");
    }

    /** The results of each client, in the order in which the clients were named; none for one that failed. */
    Map<String, List<Result>> results(Scenario scenario, int bytes) {
        Map<String, List<Result>> found = new LinkedHashMap<>();
        for (String client : clientsFor(scenario)) {
            found.put(client, results.get(new Key(scenario, bytes, client)));
        }
        return found;
    }

    @Override
    public void close() {
        workers.values().forEach(ChildJvm::close);
        broker.close();
    }
}
