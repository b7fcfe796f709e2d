// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/** Problems by chance, the same from the same seed. */
final class Problems {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.000000123Z");

    private final Random random;

    Problems(long seed) {
        this.random = new Random(seed);
    }

    private static ClusterId cluster(int number) {
        return new ClusterId("sim", "c" + number);
    }

    private List<ClusterCapacity> clusters(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new ClusterCapacity(
                        cluster(number),
                        new Resources(
                                1000 + random.nextInt(7000), (1L + random.nextInt(16)) << 28, 0, random.nextInt(2)),
                        new Resources(16_000, 16L << 30, 0, 2),
                        random.nextBoolean(),
                        Map.of("zone", "z" + number % 2),
                        new EnergyProfile(50.5, 200.25 + random.nextDouble() * 100),
                        new ClusterSignals(
                                OptionalDouble.of(random.nextDouble() * 500),
                                OptionalDouble.of(random.nextDouble()),
                                OptionalDouble.of(random.nextDouble() / 10),
                                List.of(new ForecastPoint(NOW, random.nextDouble() * 500)))))
                .toList();
    }

    PlacementRequest placement(String graph) {
        List<ClusterCapacity> clusters = clusters(2 + random.nextInt(4));
        List<PlacementService> services = IntStream.range(0, 1 + random.nextInt(5))
                .mapToObj(number -> new PlacementService(
                        "s" + number,
                        new Resources(100 + random.nextInt(1500), (1L + random.nextInt(8)) << 26, 0, 0),
                        1 + random.nextInt(3),
                        1))
                .toList();
        DecisionReason reason = random.nextBoolean() ? DecisionReason.DEPLOY : DecisionReason.REPLACE;
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(new GraphId("p" + random.nextInt(3), graph), reason, services, clusters);
        for (int s = 1; s < services.size(); s++) {
            builder.link(new PlacementLink(
                    s - 1,
                    s,
                    random.nextDouble() * 3,
                    random.nextInt(4) == 0 ? OptionalDouble.of(40) : OptionalDouble.empty()));
        }
        for (int from = 0; from < clusters.size(); from++) {
            for (int to = 0; to < clusters.size(); to++) {
                builder.latency(from, to, from == to ? 0 : 1 + random.nextDouble() * 60);
            }
        }
        if (random.nextInt(3) == 0) {
            builder.forbid(0, 0, "not there");
        }
        if (reason == DecisionReason.REPLACE) {
            Map<String, ClusterId> at = new HashMap<>();
            services.forEach(service -> at.put(service.id(), cluster(random.nextInt(clusters.size()))));
            builder.current(Placement.whole(
                    at, id -> services.get(Integer.parseInt(id.substring(1))).replicas()));
        }
        return builder.build();
    }

    List<SourcedSelection> placementWishes() {
        String id = List.of("greedy", "optimal", "first-fit").get(random.nextInt(3));
        Map<String, ObjectiveWeight> weights = id.equals("optimal") && random.nextBoolean()
                ? Map.of(
                        "latency", new ObjectiveWeight(0.3, 0),
                        "moves", new ObjectiveWeight(1, 1),
                        "carbon", new ObjectiveWeight(random.nextDouble(), 1))
                : Map.of("moves", ObjectiveWeight.of(0.7), "carbon", ObjectiveWeight.of(random.nextDouble()));
        return List.of(new SourcedSelection(
                "request",
                new StrategySelection(
                        Optional.of(id),
                        Optional.empty(),
                        StrictJson.parseObject(
                                id.equals("greedy") && random.nextBoolean() ? "{\"order\":\"demand\"}" : "{}"),
                        false,
                        Optional.of(ObjectiveWeight.in(weights, random.nextInt(4) == 0)),
                        OptionalInt.empty())));
    }

    List<ScalingItem> scaling(int graphs) {
        List<ScalingItem> items = new ArrayList<>();
        for (int g = 0; g < graphs; g++) {
            String strategy = g % 3 == 0 ? "threshold" : "optimal";
            for (int s = 0; s < 2; s++) {
                int replicas = 1 + random.nextInt(4);
                ScalingTarget target = ScalingTarget.builder(
                                new GraphId("p", "g" + g), "s" + s, cluster(random.nextInt(3)))
                        .perReplica(new Resources(100 + random.nextInt(300), 1L << 20, 0, 0))
                        .replicas(replicas)
                        .bounds(1, 6)
                        .demand(
                                random.nextInt(10) == 0
                                        ? OptionalDouble.empty()
                                        : OptionalDouble.of(random.nextDouble() * 60))
                        .profile(new ServiceProfile(10.1, 0.3))
                        .sinceLastChange(Duration.ofSeconds(60 + random.nextInt(1000), 123))
                        .history(LoadSeries.of(NOW, Duration.ofMinutes(1), random.nextDouble()))
                        .build();
                items.add(new ScalingItem(target, List.of(new SourcedSelection("descriptor", scalingWish(strategy)))));
            }
        }
        return items;
    }

    private static StrategySelection scalingWish(String strategy) {
        String parameters = strategy.equals("threshold")
                ? "{\"upPerSecond\": 40, \"downPerSecond\": 12.5, \"upReplicas\": 4, \"downReplicas\": 1}"
                : "{\"wUtil\": 0.35}";
        return new StrategySelection(
                Optional.of(strategy),
                Optional.empty(),
                StrictJson.parseObject(parameters),
                false,
                Optional.empty(),
                OptionalInt.empty());
    }

    List<ClusterCapacity> roomFor(List<ScalingItem> items) {
        return clusters(3).stream()
                .map(cluster -> new ClusterCapacity(
                        cluster.id(),
                        new Resources(
                                items.stream()
                                                .map(ScalingItem::target)
                                                .filter(target ->
                                                        target.cluster().equals(cluster.id()))
                                                .mapToLong(target ->
                                                        target.perReplica().cpuMillis() * target.replicas())
                                                .sum()
                                        + random.nextInt(6000),
                                64L << 30,
                                0,
                                0),
                        cluster.allocatable(),
                        true,
                        cluster.labels(),
                        cluster.energy(),
                        cluster.signals()))
                .toList();
    }
}
