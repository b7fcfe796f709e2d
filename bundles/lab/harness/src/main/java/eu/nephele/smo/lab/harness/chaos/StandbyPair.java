// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.server.Postgres;
import eu.nephele.smo.lab.remote.world.OwnerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Two servers on one PostgreSQL: one owns it, and is hit; the other stands by. */
final class StandbyPair implements Victim {

    private static final String STORE = "eu.nephele.smo.core.store.cfg";

    private final List<StandbyPeer> peers;
    private final ChaosWorld world;
    private final ServerBalancer balancer;
    private final ServerApi api;
    private final KillTarget killTarget;
    private final OwnerFailureInjector ownerFailureInjector;
    private final StandbyReader reader;
    private final Thread reading;

    private StandbyPair(List<StandbyPeer> peers, ChaosWorld world, PromiseLedger ledger, Random random, int graphs) {
        this.peers = List.copyOf(peers);
        this.world = world;
        this.balancer = new ServerBalancer(peers, random.nextLong());
        this.api = new ServerApi(balancer);
        this.killTarget = new KillTarget(api);
        this.ownerFailureInjector = new OwnerFailureInjector(peers, balancer, ledger, random, world);
        this.reader = new StandbyReader(balancer, ledger, graphs);
        this.reading = new Thread(reader, "standby-reader");
        reading.setDaemon(true);
    }

    /** Starts both, without waiting. */
    static StandbyPair start(
            ChaosOptions options,
            Path folder,
            ChaosWorld world,
            Postgres postgres,
            String store,
            PromiseLedger ledger,
            Random random)
            throws IOException {
        Path first = folder.resolve("data");
        Path second = folder.resolve("data-2");
        copy(world.configuration(), second.resolve(first.relativize(world.configuration())));
        List<StandbyPeer> peers = new ArrayList<>();
        for (Path data : List.of(first, second)) {
            Path configuration = data.resolve(first.relativize(world.configuration()));
            DatabaseProxy databaseProxy = DatabaseProxy.to(postgres.address());
            Files.writeString(
                    configuration.resolve(STORE),
                    "%sleaseMillis=%d%n"
                            .formatted(
                                    Postgres.through(databaseProxy.port(), store),
                                    OwnerFailureInjector.LEASE.toMillis()));
            String name = Integer.toString(peers.size() + 1);
            Path log = folder.resolve(peers.isEmpty() ? "server.log" : "server-2.log");
            peers.add(new StandbyPeer(name, ServerProcess.start(options, world, data, log), databaseProxy, ledger));
        }
        StandbyPair pair =
                new StandbyPair(peers, world, ledger, random, options.traffic().graphs());
        pair.balancer.start();
        return pair;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    @Override
    public ServerApi api() {
        return api;
    }

    @Override
    public KillTarget aim() {
        return killTarget;
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        for (StandbyPeer peer : peers) {
            peer.awaitReady();
        }
        balancer.awaitOwner();
    }

    @Override
    public void begin() {
        reading.start();
    }

    @Override
    public Optional<String> hit(int number) throws IOException, InterruptedException {
        return Optional.of(ownerFailureInjector.strike(number));
    }

    @Override
    public void end() throws InterruptedException {
        reader.stop();
        reading.join();
    }

    @Override
    public Kills kills() throws IOException, InterruptedException {
        List<Long> starts =
                peers.stream().flatMap(peer -> peer.startMillis().stream()).toList();
        return new Kills(0, StepTracker.hit(ownerFailureInjector.moments(), killTarget.events()), starts);
    }

    @Override
    public List<ChaosFinding> findings() {
        return peers.stream()
                .flatMap(peer -> peer.workers().findings().stream())
                .toList();
    }

    @Override
    public long workersOutliveMillis() {
        return peers.stream()
                .mapToLong(peer -> peer.workers().longestMillis())
                .max()
                .orElse(0);
    }

    @Override
    public Optional<StandbyReport> standby() throws IOException, InterruptedException {
        OwnerReport owners = world.owners().orElseThrow(() -> new IOException("The world does not report the writers"));
        return Optional.of(new StandbyReport(
                owners,
                reader.sum(),
                ownerFailureInjector.takeoverMillis(),
                ownerFailureInjector.blows(),
                ownerFailureInjector.lateWrites(),
                balancer.sentOn(),
                peers.stream().mapToInt(StandbyPeer::restarts).sum()));
    }

    @Override
    public void close() throws IOException {
        balancer.close();
        for (StandbyPeer peer : peers) {
            // before it is stopped: its end is expected from now on
            peer.hit();
            peer.close();
        }
    }
}
