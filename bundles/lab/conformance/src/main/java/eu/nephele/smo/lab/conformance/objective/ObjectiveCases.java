// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.objective;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Problems with complete or partial data for an objective; the same for the same seed. */
final class ObjectiveCases {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random;

    private ObjectiveCases(long seed) {
        this.random = new Random(seed);
    }

    /** Signals, power, latency, links and present places: some have them and others lack them. */
    static PlacementRequest generate(long seed, int services, int clusters) {
        return new ObjectiveCases(seed).build(services, clusters);
    }

    private PlacementRequest build(int services, int clusters) {
        List<PlacementService> rows = IntStream.range(0, services)
                .mapToObj(s -> new PlacementService(
                        "s" + s,
                        new Resources(100L * random.nextInt(40), 1L << random.nextInt(32), 0, random.nextInt(2)),
                        random.nextInt(4),
                        1))
                .toList();
        List<ClusterCapacity> columns =
                IntStream.range(0, clusters).mapToObj(this::cluster).toList();
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(new GraphId("demo", "graph"), DecisionReason.REPLACE, rows, columns);
        for (int s = 0; s < services; s++) {
            if (random.nextBoolean()) {
                builder.current(s, random.nextInt(clusters));
            }
            if (s > 0) {
                builder.link(new PlacementLink(s - 1, s, random.nextDouble() * 5, OptionalDouble.empty()));
            }
        }
        for (int i = 0; i < clusters * clusters; i++) {
            if (i / clusters != i % clusters && random.nextInt(5) > 0) {
                builder.latency(i / clusters, i % clusters, random.nextInt(80));
            }
        }
        return builder.build();
    }

    private ClusterCapacity cluster(int c) {
        Resources all = random.nextInt(6) == 0
                ? Resources.NONE
                : new Resources(
                        1000L * random.nextInt(64),
                        1L << 36,
                        1L << 40,
                        random.nextInt(5) == 0 ? Resources.UNLIMITED : 2);
        Resources free = random.nextBoolean() ? all : Resources.NONE;
        EnergyProfile energy =
                random.nextInt(3) == 0 ? EnergyProfile.UNKNOWN : new EnergyProfile(random.nextInt(200), 400);
        return new ClusterCapacity(
                new ClusterId("test", "c%02d".formatted(c)),
                free,
                all,
                random.nextBoolean(),
                Map.of("topology.kubernetes.io/region", "r" + c % 3),
                energy,
                signals());
    }

    private ClusterSignals signals() {
        return new ClusterSignals(
                maybe(600),
                maybe(1),
                maybe(0.2),
                IntStream.range(0, random.nextInt(3) * 24)
                        .mapToObj(h -> new ForecastPoint(NOW.plusSeconds(3600L * (h - 4)), random.nextInt(600)))
                        .toList());
    }

    private OptionalDouble maybe(double most) {
        return random.nextInt(4) == 0 ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble() * most);
    }
}
