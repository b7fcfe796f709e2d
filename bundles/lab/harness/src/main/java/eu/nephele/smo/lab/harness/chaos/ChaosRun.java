// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.command.DatabaseKind;
import eu.nephele.smo.lab.harness.server.Postgres;
import eu.nephele.smo.lab.testbed.WorldKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One run: a world, a server that is hit again and again, clients that go on calling, and a verdict at the end. */
public final class ChaosRun {

    private static final int GRAPHS_PER_SECOND = 5;
    private static final int PATIENCE_SECONDS = 180;

    private final ChaosOptions options;
    private final Path folder;
    private final PrintStream progress;
    private final Optional<Disturbance> disturbance;
    private final Random random;
    private final PromiseLedger ledger = new PromiseLedger();

    public ChaosRun(ChaosOptions options, Path folder, PrintStream progress) {
        this(options, folder, progress, Optional.empty());
    }

    /**
     * A run without kills of the server.
     *
     * @param disturbance runs {@code options.kills()} times instead
     */
    public ChaosRun(ChaosOptions options, Path folder, PrintStream progress, Disturbance disturbance) {
        this(options, folder, progress, Optional.of(disturbance));
    }

    private ChaosRun(ChaosOptions options, Path folder, PrintStream progress, Optional<Disturbance> disturbance) {
        this.options = options;
        this.disturbance = disturbance;
        this.folder = folder.toAbsolutePath();
        this.progress = progress;
        this.random = new Random(options.seed());
    }

    /** @throws IOException when world or server do not start, or end unexpectedly */
    public ChaosResult run() throws IOException, InterruptedException {
        if (options.database() == DatabaseKind.H2) {
            return run(world -> single(world, ""));
        }
        try (Postgres postgres = Postgres.start()) {
            String store = postgres.newSchema(folder.resolve("database.password"));
            return run(world -> options.standby()
                    ? StandbyPair.start(options, folder, world, postgres, store, ledger, random)
                    : single(world, store));
        }
    }

    private interface RunStart {
        Victim in(ChaosWorld world) throws IOException;
    }

    private Victim single(ChaosWorld world, String store) throws IOException {
        ServerProcess server = ServerProcess.start(options, folder, world, store);
        return new SingleServer(server, folder.resolve("data"), disturbance, ledger, random, world.pace());
    }

    private ChaosResult run(RunStart start) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        RunToken token = RunToken.make();
        try (ChaosWorld world = world();
                Victim victim = start(start, world, token)) {
            victim.awaitReady();
            List<GraphModel> graphs = new ArrayList<>();
            storm(world, victim, graphs);
            world.calm();
            ChaosJudge judge = new ChaosJudge(victim.api(), world, ledger, graphs);
            List<ChaosFinding> findings = new ArrayList<>(
                    new SettledFindings(ledger, patience(world.pace().settleSeconds()))
                            .await(() -> findings(judge, victim)));
            AuditJudge.AuditReport audit = new AuditJudge(
                            victim.api(), token, ledger, List.of(folder.resolve("data"), folder.resolve("data-2")))
                    .judge();
            findings.addAll(audit.findings());
            ObservedWorld observedWorld = world.observe();
            return new ChaosResult(
                    options,
                    victim.kills(),
                    (System.nanoTime() - begin) / 1e9,
                    ledger.answers(),
                    new ChaosResult.EndState(
                            judge.outcomes(),
                            judge.phases(),
                            observedWorld.divided(),
                            audit.entries(),
                            audit.waiting()),
                    victim.workersOutliveMillis(),
                    observedWorld.writes(),
                    observedWorld.isOverbooked(),
                    findings,
                    victim.standby());
        }
    }

    /** A standby gets a copy of the token: either server may be the owner when the audit is read. */
    private Victim start(RunStart start, ChaosWorld world, RunToken token) throws IOException {
        token.put(folder.resolve("data"));
        return start.in(world);
    }

    /** Traffic, outages and kills; ends with a running server, answered clients, and no outage. */
    private void storm(ChaosWorld world, Victim victim, List<GraphModel> graphs)
            throws IOException, InterruptedException {
        List<ChaosClient> clients = clients(world, victim, graphs);
        if (options.traffic().filled()) {
            inParallel(clients.stream().<Runnable>map(client -> client::fill).toList());
            progress.printf(
                    "%d of %d graphs are accepted%n",
                    graphs.stream()
                            .filter(graph -> graph.state().spec().isPresent())
                            .count(),
                    graphs.size());
        }
        OutageInjector outageInjector = new OutageInjector(world, victim.aim(), random.nextLong());
        List<Thread> threads = new ArrayList<>();
        clients.forEach(client -> threads.add(new Thread(client, "client-" + threads.size())));
        threads.add(new Thread(outageInjector, "weather"));
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        victim.begin();
        try {
            for (int number = 1; number <= options.kills(); number++) {
                Optional<String> moment = victim.hit(number);
                if (moment.isPresent()) {
                    report(number, moment.get());
                }
            }
            victim.awaitReady();
        } finally {
            victim.end();
            clients.forEach(ChaosClient::stop);
            outageInjector.stop();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void inParallel(List<Runnable> work) throws InterruptedException {
        List<Thread> threads = work.stream().map(Thread::new).toList();
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private List<ChaosClient> clients(ChaosWorld world, Victim victim, List<GraphModel> graphs) {
        List<ChaosClient> clients = new ArrayList<>();
        for (int i = 0;
                i < Math.min(options.traffic().clients(), options.traffic().graphs());
                i++) {
            List<GraphModel> own = new ArrayList<>();
            for (int number = i;
                    number < options.traffic().graphs();
                    number += options.traffic().clients()) {
                own.add(new GraphModel(
                        "g%d".formatted(number), new Random(random.nextLong()), world.charts(), world.clusters()));
            }
            graphs.addAll(own);
            clients.add(new ChaosClient(
                    own, world, victim.aim(), victim.api(), ledger, patience(PATIENCE_SECONDS), random.nextLong()));
        }
        return clients;
    }

    private void report(int number, String moment) {
        if (options.verbose() || number % 10 == 0) {
            progress.printf(
                    "kill %d of %d (%s), %d changes acknowledged%n",
                    number, options.kills(), moment, ledger.promises());
        }
    }

    /** A start takes longer with many graphs, each of which is read. */
    private Duration patience(int seconds) {
        return Duration.ofSeconds(seconds + options.traffic().graphs() / GRAPHS_PER_SECOND);
    }

    private static List<ChaosFinding> findings(ChaosJudge judge, Victim victim)
            throws IOException, InterruptedException {
        List<ChaosFinding> findings = new ArrayList<>(judge.findings());
        findings.addAll(victim.findings());
        return findings;
    }

    private ChaosWorld world() throws IOException, InterruptedException {
        return switch (options.world()) {
            case SIMULATED -> WorldProcess.start(options, folder);
            case KARMADA -> TestbedWorld.start(WorldKind.KARMADA, folder);
            case CONTEXTS -> TestbedWorld.start(WorldKind.CONTEXTS, folder);
            case CONTAINERS -> throw new IllegalArgumentException("containers are no clusters of graphs");
        };
    }
}
