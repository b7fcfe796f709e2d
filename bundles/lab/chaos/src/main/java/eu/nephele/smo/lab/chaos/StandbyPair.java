// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import eu.nephele.smo.lab.world.OwnerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Two servers on one PostgreSQL: one owns it, and is hit; the other stands by. */
final class Pair implements Victim {

    private static final String STORE = "eu.nephele.smo.core.store.cfg";

    private final List<Peer> peers;
    private final World world;
    private final Balancer balancer;
    private final Api api;
    private final Aim aim;
    private final Striker striker;
    private final StandbyReader reader;
    private final Thread reading;

    private Pair(List<Peer> peers, World world, Ledger ledger, Random random, int graphs) {
        this.peers = List.copyOf(peers);
        this.world = world;
        this.balancer = new Balancer(peers, random.nextLong());
        this.api = new Api(balancer);
        this.aim = new Aim(api);
        this.striker = new Striker(peers, balancer, ledger, random, world);
        this.reader = new StandbyReader(balancer, ledger, graphs);
        this.reading = new Thread(reader, "standby-reader");
        reading.setDaemon(true);
    }

    /**
     * Starts both, without waiting.
     *
     * @param postgres their database
     * @param store its configuration
     */
    static Pair start(
            ChaosOptions options,
            Path folder,
            World world,
            Postgres postgres,
            String store,
            Ledger ledger,
            Random random)
            throws IOException {
        Path first = folder.resolve("data");
        Path second = folder.resolve("data-2");
        copy(world.configuration(), second.resolve(first.relativize(world.configuration())));
        List<Peer> peers = new ArrayList<>();
        for (Path data : List.of(first, second)) {
            Path configuration = data.resolve(first.relativize(world.configuration()));
            Cable cable = Cable.to(postgres.address());
            Files.writeString(
                    configuration.resolve(STORE),
                    "%sleaseMillis=%d%n".formatted(Postgres.through(cable.port(), store), Striker.LEASE.toMillis()));
            String name = Integer.toString(peers.size() + 1);
            Path log = folder.resolve(peers.isEmpty() ? "server.log" : "server-2.log");
            peers.add(new Peer(name, ServerProcess.start(options, world, data, log), cable, ledger));
        }
        Pair pair = new Pair(peers, world, ledger, random, options.traffic().graphs());
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
    public Api api() {
        return api;
    }

    @Override
    public Aim aim() {
        return aim;
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        for (Peer peer : peers) {
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
        return Optional.of(striker.strike(number));
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
        return new Kills(0, Steps.hit(striker.moments(), aim.events()), starts);
    }

    @Override
    public List<Finding> findings() {
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
        OwnerReport owners =
                world.owners().orElseThrow(() -> new IOException("The world does not say who has written"));
        return Optional.of(new StandbyReport(
                owners,
                reader.sum(),
                striker.takeoverMillis(),
                striker.blows(),
                striker.lateWrites(),
                balancer.sentOn(),
                peers.stream().mapToInt(Peer::restarts).sum()));
    }

    @Override
    public void close() throws IOException {
        balancer.close();
        for (Peer peer : peers) {
            // before it is asked to end: from now on its end is no wonder
            peer.hit();
            peer.close();
        }
    }
}
