// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.lab.harness.server.SimulatedWorldProcess;
import eu.nephele.smo.lab.remote.wire.WireJson;
import eu.nephele.smo.lab.remote.world.OwnerReport;
import eu.nephele.smo.lab.remote.world.WorldReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The simulated world: a process of its own. */
final class WorldProcess implements ChaosWorld {

    private static final ChaosPace PACE = new ChaosPace(2500, 1500, 5000, 0, 60, 60);
    static final List<String> CLUSTERS = List.of("north", "east", "south", "west");
    private static final String NOTHING = "";
    private static final int HEAP_MEGABYTES = 256;
    private static final int GRAPHS_PER_MEGABYTE = 4;
    private static final int GRAPHS_OF_THE_SCENARIO = 16;
    private static final Pattern AMOUNT = Pattern.compile("((?:cpuCores|memoryGib|storageGib): )(\\d+)");

    private final SimulatedWorldProcess world;
    private final Path configuration;
    private final WireJson wire = new WireJson();

    private WorldProcess(SimulatedWorldProcess world, Path configuration) {
        this.world = world;
        this.configuration = configuration;
    }

    static WorldProcess start(ChaosOptions options, Path folder) throws IOException, InterruptedException {
        Path scenario = folder.resolve("world.yaml");
        try (InputStream own = WorldProcess.class.getResourceAsStream("world.yaml")) {
            if (own == null) {
                throw new IOException("world.yaml is missing in this jar");
            }
            Files.writeString(
                    scenario,
                    roomFor(options.traffic().graphs(), new String(own.readAllBytes(), StandardCharsets.UTF_8)));
        }
        int heapMegabytes = HEAP_MEGABYTES + options.traffic().graphs() / GRAPHS_PER_MEGABYTE;
        SimulatedWorldProcess world =
                SimulatedWorldProcess.start(scenario, heapMegabytes, options.latencyMillis(), options.seed(), folder);
        Path configuration = Files.createDirectories(folder.resolve("data/etc"));
        world.configure(configuration);
        return new WorldProcess(world, configuration);
    }

    /** The clusters of the scenario have capacity for some graphs; for more they are larger. */
    static String roomFor(int graphs, String scenario) {
        int times = (graphs + GRAPHS_OF_THE_SCENARIO - 1) / GRAPHS_OF_THE_SCENARIO;
        return AMOUNT.matcher(scenario).replaceAll(found -> found.group(1) + Long.parseLong(found.group(2)) * times);
    }

    @Override
    public Path configuration() {
        return configuration;
    }

    @Override
    public List<String> serverOptions() {
        return List.of("--profile", SimulatedWorldProcess.PROFILE);
    }

    @Override
    public ChaosPace pace() {
        return PACE;
    }

    @Override
    public ChartCatalog charts() {
        return ChartCatalog.ANY;
    }

    @Override
    public List<String> clusters() {
        return CLUSTERS;
    }

    @Override
    public List<WorldOutage> outages() {
        return CLUSTERS.stream()
                .map(cluster -> new WorldOutage(
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
    public ObservedWorld observe() throws IOException, InterruptedException {
        return new ObservedWorld(wire.read(world.snapshot(), new TypeReference<WorldReport>() {}));
    }

    @Override
    public Optional<OwnerReport> owners() throws IOException, InterruptedException {
        return Optional.of(wire.read(world.owners(), new TypeReference<OwnerReport>() {}));
    }

    @Override
    public void close() {
        world.close();
    }
}
