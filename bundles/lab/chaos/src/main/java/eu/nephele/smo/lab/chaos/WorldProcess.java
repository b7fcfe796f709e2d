// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.lab.remote.wire.Wire;
import eu.nephele.smo.lab.world.WorldReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The simulated world: a process of its own. */
final class WorldProcess implements World {

    private static final Pace PACE = new Pace(2500, 1500, 5000, 0, 60, 60);
    private static final List<String> CLUSTERS = List.of("north", "east", "south", "west");
    private static final String NOTHING = "";
    private static final int HEAP_MEGABYTES = 256;

    private final SimulatedWorld world;
    private final Path configuration;
    private final Wire wire = new Wire();

    private WorldProcess(SimulatedWorld world, Path configuration) {
        this.world = world;
        this.configuration = configuration;
    }

    static WorldProcess start(ChaosOptions options, Path folder) throws IOException, InterruptedException {
        Path scenario = folder.resolve("world.yaml");
        try (InputStream own = WorldProcess.class.getResourceAsStream("world.yaml")) {
            if (own == null) {
                throw new IOException("world.yaml is missing in this jar");
            }
            Files.write(scenario, own.readAllBytes());
        }
        SimulatedWorld world =
                SimulatedWorld.start(scenario, HEAP_MEGABYTES, options.latencyMillis(), options.seed(), folder);
        Path configuration = Files.createDirectories(folder.resolve("data/etc"));
        world.configure(configuration);
        return new WorldProcess(world, configuration);
    }

    @Override
    public Path configuration() {
        return configuration;
    }

    @Override
    public List<String> serverOptions() {
        return List.of("--profile", SimulatedWorld.PROFILE);
    }

    @Override
    public Pace pace() {
        return PACE;
    }

    @Override
    public Charts charts() {
        return Charts.ANY;
    }

    @Override
    public List<String> clusters() {
        return CLUSTERS;
    }

    @Override
    public List<Outage> outages() {
        return CLUSTERS.stream()
                .map(cluster -> new Outage(
                        cluster + " fails",
                        true,
                        () -> world.strike("clusters/" + cluster + "/fail", NOTHING),
                        () -> world.strike("clusters/" + cluster + "/restore", NOTHING)))
                .toList();
    }

    @Override
    public void load(int requestsPerSecond) throws IOException, InterruptedException {
        world.strike("load", "{\"service\":\"*\",\"requestsPerSecond\":%d}".formatted(requestsPerSecond));
    }

    @Override
    public Outside look() throws IOException, InterruptedException {
        return new Outside(wire.read(world.snapshot(), new TypeReference<WorldReport>() {}));
    }

    @Override
    public void close() {
        world.close();
    }
}
