// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import eu.nephele.smo.lab.chaos.ChaosOptions.Database;
import eu.nephele.smo.lab.world.WorldReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One run: a world, a server that is killed again and again, clients that go on asking, and a look at the end. */
public final class ChaosRun {

    private static final long QUIET_SECONDS = 60;
    private static final long LOOK_AGAIN_MILLIS = 1000;
    /** Longer than the server's intervals for drift and orphans: what comes after this would have come. */
    private static final long STAYS_QUIET_MILLIS = 5000;

    private static final int ONE_IN_DURING_START = 6;
    private static final int ONE_IN_RIGHT_AFTER = 4;
    private static final long SERVICE_SECONDS = 10;
    private static final int START_MILLIS = 2500;
    private static final int FIRST_MILLIS = 50;
    private static final int LAST_MILLIS = 1500;

    private final ChaosOptions options;
    private final Path folder;
    private final PrintStream progress;
    private final Optional<Disturbance> disturbance;
    private final Random random;
    private final Ledger ledger = new Ledger();
    private int killsDuringStart;

    /**
     * @param folder for data and logs, empty
     * @param progress what happens, for people
     */
    public ChaosRun(ChaosOptions options, Path folder, PrintStream progress) {
        this(options, folder, progress, Optional.empty());
    }

    /**
     * A run in which nobody kills the server.
     *
     * @param disturbance is done {@code options.kills()} times instead
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

    /** @throws IOException when world or server do not start, or end by themselves */
    public ChaosResult run() throws IOException, InterruptedException {
        if (options.database() == Database.H2) {
            return run("");
        }
        try (Postgres postgres = Postgres.start()) {
            return run(postgres.newSchema(folder.resolve("database.password")));
        }
    }

    private ChaosResult run(String store) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (WorldProcess world = WorldProcess.start(options, folder);
                ServerProcess server = ServerProcess.start(options, folder, world.url(), store)) {
            server.awaitReady();
            Api api = new Api(server.url());
            List<GraphModel> graphs = new ArrayList<>();
            storm(world, server, api, graphs);
            Judge judge = new Judge(api, world, ledger, graphs);
            List<Finding> findings = settled(judge);
            WorldReport report = world.report();
            return new ChaosResult(
                    options.kills(),
                    killsDuringStart,
                    options.seed(),
                    options.database(),
                    (System.nanoTime() - begin) / 1e9,
                    ledger.acknowledged(),
                    judge.outcomes(),
                    ledger.repeated(),
                    ledger.abandoned(),
                    ledger.unfinishedAnswers(),
                    ledger.refusals(),
                    report.writes(),
                    report.overbookedEver(),
                    findings);
        }
    }

    /** Traffic, weather and kills; ends with a server that runs, clients that have their answers, and good weather. */
    private void storm(WorldProcess world, ServerProcess server, Api api, List<GraphModel> graphs)
            throws IOException, InterruptedException {
        List<Client> clients = clients(api, graphs);
        Weather weather = new Weather(world, random.nextLong());
        List<Thread> threads = new ArrayList<>();
        clients.forEach(client -> threads.add(new Thread(client, "client-" + threads.size())));
        threads.add(new Thread(weather, "weather"));
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        try {
            for (int number = 1; number <= options.kills(); number++) {
                if (disturbance.isPresent()) {
                    server.awaitReady();
                    awaitService();
                    disturbance.get().disturb(server.url(), folder.resolve("data"), number);
                } else {
                    killOnce(server, number);
                }
            }
            server.awaitReady();
        } finally {
            clients.forEach(Client::stop);
            weather.stop();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private List<Client> clients(Api api, List<GraphModel> graphs) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < Math.min(options.clients(), options.graphs()); i++) {
            List<GraphModel> own = new ArrayList<>();
            for (int number = i; number < options.graphs(); number += options.clients()) {
                own.add(new GraphModel("g%d".formatted(number), new Random(random.nextLong())));
            }
            graphs.addAll(own);
            clients.add(new Client(own, api, ledger, random.nextLong()));
        }
        return clients;
    }

    /** During the start, right after it, or when clients have been served: a server that has just started is slow. */
    private void killOnce(ServerProcess server, int number) throws IOException, InterruptedException {
        boolean duringStart = number > 1 && random.nextInt(ONE_IN_DURING_START) == 0;
        if (duringStart) {
            killsDuringStart++;
            TimeUnit.MILLISECONDS.sleep(random.nextInt(START_MILLIS));
        } else {
            server.awaitReady();
            if (random.nextInt(ONE_IN_RIGHT_AFTER) > 0) {
                awaitService();
            }
            TimeUnit.MILLISECONDS.sleep(FIRST_MILLIS + random.nextInt(LAST_MILLIS - FIRST_MILLIS));
        }
        server.kill();
        if (options.verbose() || number % 10 == 0) {
            progress.printf(
                    "kill %d of %d%s, %d changes acknowledged%n",
                    number, options.kills(), duringStart ? " (during the start)" : "", acknowledged());
        }
        server.startAgain();
    }

    private void awaitService() throws InterruptedException {
        int before = acknowledged();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SERVICE_SECONDS);
        while (acknowledged() == before && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private int acknowledged() {
        return ledger.acknowledged().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Looks until nothing is wrong any more, or the time is over; what was well once must stay so. */
    private List<Finding> settled(Judge judge) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(QUIET_SECONDS);
        List<Finding> findings = judge.findings();
        boolean wellBefore = false;
        while (System.nanoTime() < end && !(findings.isEmpty() && wellBefore)) {
            wellBefore = findings.isEmpty();
            TimeUnit.MILLISECONDS.sleep(wellBefore ? STAYS_QUIET_MILLIS : LOOK_AGAIN_MILLIS);
            findings = judge.findings();
        }
        return findings;
    }
}
