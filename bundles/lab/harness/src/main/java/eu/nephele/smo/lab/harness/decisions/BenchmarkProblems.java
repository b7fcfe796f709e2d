// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.lab.conformance.RandomProblems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;

/** Problems of the benchmark, the same for the same seed. */
final class BenchmarkProblems {

    /** Half as much capacity again as the services need: tight enough that the first choice is not always free. */
    private static final double SLACK = 0.5;

    private BenchmarkProblems() {}

    /** A chain of services, placed at random now, on clusters with power and carbon signals; without costs. */
    static PlacementRequest placement(long seed, int services, int clusters) {
        PlacementRequest plain = RandomProblems.federation(seed, services, clusters, SLACK);
        Random random = new Random(seed);
        List<ClusterCapacity> powered = plain.clusters().stream()
                .map(cluster -> powered(cluster, random))
                .toList();
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(plain.graph(), DecisionReason.REPLACE, plain.services(), powered);
        for (int s = 0; s < services; s++) {
            builder.current(s, random.nextInt(clusters));
            if (s > 0) {
                builder.link(new PlacementLink(s - 1, s, 1, OptionalDouble.empty()));
            }
        }
        return builder.build();
    }

    private static ClusterCapacity powered(ClusterCapacity cluster, Random random) {
        double idleWatts = 50 + random.nextInt(150);
        return new ClusterCapacity(
                cluster.id(),
                cluster.free(),
                cluster.allocatable(),
                random.nextBoolean(),
                Map.of(),
                new EnergyProfile(idleWatts, idleWatts + 100 + random.nextInt(400)),
                new ClusterSignals(
                        OptionalDouble.of(30 + random.nextInt(600)),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        List.of()));
    }

    /** The clusters that {@link #scaling} refers to. */
    static List<ClusterCapacity> scalingClusters(int clusters) {
        return Stream.iterate(0, c -> c + 1)
                .limit(clusters)
                .map(c -> ClusterCapacity.of(new ClusterId("benchmark", "c" + c), new Resources(40_000, 0, 0, 0)))
                .toList();
    }

    /** Services of several graphs that share clusters, half of them with a demand that their replicas cannot serve. */
    static List<ScalingItem> scaling(long seed, int services, int clusters, String strategy) {
        Random random = new Random(seed);
        SourcedSelection wish = new SourcedSelection("descriptor", StrategySelection.ofId(strategy));
        List<ScalingItem> items = new ArrayList<>();
        for (int s = 0; s < services; s++) {
            int replicas = 1 + random.nextInt(4);
            double alpha = 5 + random.nextInt(20);
            items.add(new ScalingItem(
                    ScalingTarget.builder(
                                    new GraphId("benchmark", "g" + s / 3),
                                    "s" + s % 3,
                                    new ClusterId("benchmark", "c" + s / 3 % clusters))
                            .perReplica(new Resources(100L * (1 + random.nextInt(10)), 0, 0, 0))
                            .replicas(replicas)
                            .bounds(1, 10)
                            .demand(OptionalDouble.of(2 * alpha * replicas * random.nextDouble()))
                            .profile(new ServiceProfile(alpha, 0))
                            .sinceLastChange(Duration.ofHours(1))
                            .build(),
                    List.of(wish)));
        }
        return items;
    }
}
