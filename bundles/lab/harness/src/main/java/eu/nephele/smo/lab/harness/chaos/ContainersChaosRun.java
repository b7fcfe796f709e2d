// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.command.DatabaseKind;
import eu.nephele.smo.lab.harness.server.FreePort;
import eu.nephele.smo.lab.harness.server.Postgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * One run beside container engines: a server that is killed again and again, clients that change the pool, visitors that use it, and a
 * verdict at the end. At first only the server is killed, and no request may fail; then containers are killed, too.
 */
public final class ContainersChaosRun {

    private static final List<String> PERMANENT = List.of("web", "shop");
    private static final List<String> PASSING = List.of("guest", "help");
    private static final double GIVES_UP = 0.1;
    private static final int MIN_REPLICAS = 1;
    private static final int MAX_REPLICAS = 4;
    private static final int ONE_IN_BY_HAND = 3;
    private static final long START_SECONDS = 120;
    private static final long MIN_VISITS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ChaosOptions options;
    private final Path folder;
    private final PrintStream progress;
    private final Random random;
    private final PromiseLedger ledger = new PromiseLedger();
    private final RunToken token = RunToken.make();

    public ContainersChaosRun(ChaosOptions options, Path folder, PrintStream progress) {
        this.options = options;
        this.folder = folder.toAbsolutePath();
        this.progress = progress;
        this.random = new Random(options.seed());
    }

    /** One line for each program that is needed and missing, with the remedy. */
    public static List<String> absent() {
        return ContainersWorld.absent();
    }

    /** @throws IOException when engines, balancer or server do not start, or end unexpectedly */
    public ContainersChaosResult run() throws IOException, InterruptedException {
        if (options.database() == DatabaseKind.H2) {
            return run("");
        }
        try (Postgres postgres = Postgres.start()) {
            return run(postgres.newSchema(folder.resolve("database.password")));
        }
    }

    private ContainersChaosResult run(String store) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (ContainersWorld world = ContainersWorld.start(folder)) {
            PoolModel model = model();
            world.write(model);
            token.put(folder.resolve("data"));
            ServerProcess server = ServerProcess.start(options, folder, world, store);
            try (SingleServer victim = new SingleServer(
                            server, folder.resolve("data"), Optional.empty(), ledger, random, world.pace());
                    Visitors visitors = visitors(world, victim, model)) {
                Storm storm = storm(world, victim, model, visitors);
                PoolJudge judge = new PoolJudge(victim.api(), world, ledger, model);
                List<ChaosFinding> findings = new ArrayList<>(new SettledFindings(
                                ledger, Duration.ofSeconds(world.pace().settleSeconds()))
                        .await(() -> {
                            List<ChaosFinding> found = new ArrayList<>(judge.findings());
                            found.addAll(victim.findings());
                            return found;
                        }));
                AuditJudge.AuditReport audit =
                        new AuditJudge(victim.api(), token, ledger, List.of(folder.resolve("data"))).judge();
                findings.addAll(audit.findings());
                return new ContainersChaosResult(
                        options,
                        victim.kills(),
                        (System.nanoTime() - begin) / 1e9,
                        ledger.answers(),
                        storm.alone(),
                        visitors.report(),
                        storm.killedContainers(),
                        audit.entries(),
                        findings);
            }
        }
    }

    /**
     * Traffic and kills.
     *
     * @param alone visits while only the server was killed
     */
    private record Storm(VisitReport alone, int killedContainers) {}

    private static PoolModel model() throws IOException {
        List<PromisedService> services = new ArrayList<>();
        for (String name : PERMANENT) {
            services.add(new PromisedService(
                    name,
                    FreePort.choose(),
                    MIN_REPLICAS,
                    MAX_REPLICAS,
                    ContainersWorld.IMAGES.get(0),
                    MIN_REPLICAS,
                    new PromisedService.PromiseTimes(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH)));
        }
        return new PoolModel(services);
    }

    /** Begins with the visits when all services answer. */
    private static Visitors visitors(ContainersWorld world, SingleServer victim, PoolModel model)
            throws IOException, InterruptedException {
        victim.awaitReady();
        world.startBalancer();
        Visitors visitors = new Visitors(
                model.services().stream().map(PromisedService::port).toList());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        VisitReport last = visitors.report();
        while (last.failed() > 0 || last.requests() < MIN_VISITS) {
            if (System.nanoTime() - end > 0) {
                visitors.close();
                throw new IOException("The services do not answer: " + last.failures());
            }
            TimeUnit.SECONDS.sleep(2);
            last = visitors.report();
        }
        return visitors;
    }

    private Storm storm(ContainersWorld world, SingleServer victim, PoolModel model, Visitors visitors)
            throws IOException, InterruptedException {
        List<PoolClient> clients = clients(world, victim, model);
        ContainerKiller byHand = new ContainerKiller(world, random.nextLong());
        List<Thread> threads = new ArrayList<>();
        clients.forEach(client -> threads.add(thread(client, "client-" + threads.size())));
        Optional<VisitReport> alone = Optional.empty();
        int both = options.kills() / ONE_IN_BY_HAND;
        try {
            for (int number = 1; number <= options.kills(); number++) {
                if (number > options.kills() - both && alone.isEmpty()) {
                    alone = Optional.of(visitors.report());
                    threads.add(thread(byHand, "by-hand"));
                }
                report(number, victim.hit(number).orElseThrow());
            }
            victim.awaitReady();
        } finally {
            clients.forEach(PoolClient::stop);
            byHand.stop();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Storm(alone.isPresent() ? alone.get() : visitors.report(), byHand.killed());
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private List<PoolClient> clients(ContainersWorld world, SingleServer victim, PoolModel model) throws IOException {
        List<PoolClient> clients = new ArrayList<>();
        int thoughtMillis = world.pace().thoughtMillis();
        for (String name : PERMANENT) {
            Random own = new Random(random.nextLong());
            ServiceChanges changes = new ServiceChanges(model, calls(victim, GIVES_UP, own), ledger, own);
            clients.add(new PoolClient(
                    name,
                    () -> locked(model.file().readLock(), () -> changes.change(known(model, name))),
                    ledger,
                    own,
                    thoughtMillis));
        }
        Random own = new Random(random.nextLong());
        SortedMap<String, Integer> passing = new TreeMap<>();
        for (String name : PASSING) {
            passing.put(name, FreePort.choose());
        }
        FileChanges changes = new FileChanges(world, model, calls(victim, 0, own), own, passing);
        clients.add(new PoolClient(
                "the file",
                () -> locked(model.file().writeLock(), changes::change),
                ledger,
                own,
                thoughtMillis * PERMANENT.size()));
        return clients;
    }

    private PoolCalls calls(SingleServer victim, double givesUp, Random own) {
        return new PoolCalls(new RetryingCaller(victim.api(), ledger, own, givesUp, PATIENCE), ledger, own, token);
    }

    private static PromisedService known(PoolModel model, String name) {
        return model.find(name).orElseThrow(() -> new IllegalStateException(name + " is permanent"));
    }

    private static void locked(Lock lock, PoolClient.PoolWork work) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            work.change();
        } finally {
            lock.unlock();
        }
    }

    private void report(int number, String moment) {
        if (options.verbose() || number % 10 == 0) {
            progress.printf(
                    "kill %d of %d (%s), %d changes acknowledged%n",
                    number, options.kills(), moment, ledger.promises());
        }
    }
}
