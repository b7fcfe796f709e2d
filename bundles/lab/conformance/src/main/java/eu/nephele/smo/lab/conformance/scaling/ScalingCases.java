// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** The problems of the kit for scaling strategies; the same for the same number. */
final class ScalingCases {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Resources ONE_CORE = new Resources(1000, 1 << 20, 0, 0);

    private final boolean history;

    ScalingCases(boolean history) {
        this.history = history;
    }

    /** One service with ample capacity; bounds 1 to 10, three replicas that serve 10 requests per second each. */
    ScalingCase single(String origin, OptionalDouble demandPerSecond) {
        return batch(origin, 100_000, target("a", 0, ONE_CORE, 3, 1, 10, demandPerSecond, 10, 0));
    }

    /** Cases at the boundaries of the contract. */
    List<ScalingCase> edges() {
        OptionalDouble some = OptionalDouble.of(25);
        return List.of(
                single("some demand", some),
                single("no demand", OptionalDouble.of(0)),
                single("no data", OptionalDouble.empty()),
                single("more demand than anybody can serve", OptionalDouble.of(1e12)),
                batch("bounds that leave no choice", 100_000, target("a", 0, ONE_CORE, 3, 3, 3, some, 10, 0)),
                batch("nothing runs yet", 100_000, target("a", 0, ONE_CORE, 0, 0, 5, some, 10, 0)),
                batch("fewer replicas than the least", 100_000, target("a", 0, ONE_CORE, 1, 2, 5, some, 10, 0)),
                batch("more replicas than the most", 100_000, target("a", 0, ONE_CORE, 9, 1, 5, some, 10, 0)),
                batch("a service that must not run", 100_000, target("a", 0, ONE_CORE, 0, 0, 0, some, 10, 0)),
                batch(
                        "a replica that serves hardly anything",
                        100_000,
                        target("a", 0, ONE_CORE, 1, 0, 9, some, 1e-9, 0)),
                batch("a fixed loss", 100_000, target("a", 0, ONE_CORE, 1, 0, 9, some, 10, -15)),
                batch("a cluster that is full", 3000, target("a", 0, ONE_CORE, 3, 1, 10, OptionalDouble.of(90), 10, 0)),
                batch(
                        "a cluster that is overfull",
                        2000,
                        target("a", 0, ONE_CORE, 3, 1, 10, OptionalDouble.of(90), 10, 0)),
                batch("replicas that need nothing", 0, target("a", 0, Resources.NONE, 1, 0, 9, some, 10, 0)),
                twoThatShare());
    }

    private ScalingCase twoThatShare() {
        return batch(
                "two services, room for one more replica",
                5000,
                target("a", 0, ONE_CORE, 2, 1, 10, OptionalDouble.of(60), 10, 0),
                target("b", 0, ONE_CORE, 2, 1, 10, OptionalDouble.of(60), 10, 0));
    }

    /** Each target allows exactly one number, a different one: a mixed-up order is detected. */
    ScalingCase inOrder() {
        List<ScalingTarget> targets = IntStream.range(0, 12)
                .mapToObj(i -> target("s%02d".formatted(i), i % 3, ONE_CORE, i, i, i, OptionalDouble.of(5), 10, 0))
                .toList();
        return new ScalingCase("targets that leave one number each", request(targets, 3, 1_000_000));
    }

    /** Services of several graphs on up to four clusters, some with little capacity, some without data, some out of bounds. */
    ScalingCase generated(int number) {
        return generated(number, 1 + number % 12, 1 + number % 4, number % 3 * 0.5);
    }

    /** @param slack free capacity as a share of the used one */
    ScalingCase generated(long seed, int services, int clusters, double slack) {
        Random random = new Random(seed);
        List<ScalingTarget> targets = new ArrayList<>();
        long[] used = new long[clusters];
        for (int s = 0; s < services; s++) {
            int cluster = random.nextInt(clusters);
            int min = random.nextInt(3);
            int max = min + random.nextInt(8);
            int replicas = random.nextInt(10) == 0 ? max + 1 : min + random.nextInt(max - min + 1);
            Resources each = new Resources(
                    100L * random.nextInt(20), 1L << random.nextInt(30), 0, random.nextInt(8) == 0 ? 1 : 0);
            double alpha = 1 + random.nextInt(50);
            OptionalDouble demand = random.nextInt(6) == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(random.nextInt(5) == 0 ? 0 : random.nextDouble() * alpha * (max + 2));
            targets.add(target(
                    "s%04d".formatted(s), cluster, each, replicas, min, max, demand, alpha, random.nextInt(5) - 2));
            used[cluster] += each.cpuMillis() * replicas;
        }
        List<ClusterCapacity> columns = IntStream.range(0, clusters)
                .mapToObj(c -> cluster(c, new Resources((long) (used[c] * (1 + slack)), 1L << 36, 0, 40)))
                .toList();
        return new ScalingCase("generated batch %d".formatted(seed), ScalingRequest.of(targets, columns));
    }

    private ScalingCase batch(String origin, long freeCpuMillis, ScalingTarget... targets) {
        return new ScalingCase(origin, request(List.of(targets), 1, freeCpuMillis));
    }

    private static ScalingRequest request(List<ScalingTarget> targets, int clusters, long freeCpuMillis) {
        return ScalingRequest.of(
                targets,
                IntStream.range(0, clusters)
                        .mapToObj(c -> cluster(c, new Resources(freeCpuMillis, 1L << 36, 1L << 36, 0)))
                        .toList());
    }

    private static ClusterCapacity cluster(int c, Resources free) {
        return ClusterCapacity.of(new ClusterId("test", "c" + c), free);
    }

    private ScalingTarget target(
            String service,
            int cluster,
            Resources perReplica,
            int replicas,
            int min,
            int max,
            OptionalDouble demandPerSecond,
            double alpha,
            double beta) {
        return ScalingTarget.builder(
                        new GraphId("demo", "g" + service.length() % 5), service, new ClusterId("test", "c" + cluster))
                .perReplica(perReplica)
                .replicas(replicas)
                .bounds(min, max)
                .demand(demandPerSecond)
                .profile(new ServiceProfile(alpha, beta))
                .sinceLastChange(Duration.ofMinutes(10))
                .history(history ? past(service, demandPerSecond.orElse(0)) : LoadSeries.EMPTY)
                .build();
    }

    /** A day by quarters of an hour; some services are too young to have one, or have a single point. */
    private static LoadSeries past(String service, double demandPerSecond) {
        int points = List.of(96, 96, 1, 0, 700).get(Math.floorMod(service.hashCode(), 5));
        return LoadSeries.of(
                NOW.minus(Duration.ofMinutes(15L * points)),
                Duration.ofMinutes(15),
                IntStream.range(0, points)
                        .mapToDouble(i -> demandPerSecond * (1 + Math.sin(i * Math.PI / 48)))
                        .toArray());
    }
}
