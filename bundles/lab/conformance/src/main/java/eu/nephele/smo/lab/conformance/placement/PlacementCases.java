// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

final class PlacementCases {

    private PlacementCases() {}

    /** Problems that every strategy has to solve: their services are independent. */
    static List<PlacementCase> simplest() {
        PlacementRequestBuilder onlyOne =
                builder(List.of(service("a", 1000, 1), service("b", 1000, 1)), 4000, 4000, 4000);
        for (int s = 0; s < 2; s++) {
            onlyOne.forbid(s, 0, "not here").forbid(s, 2, "nor there");
        }
        return List.of(
                problem("one service, one cluster", builder(List.of(service("a", 1000, 1)), 4000)),
                problem("a service that fills its cluster", builder(List.of(service("a", 1000, 4)), 4000)),
                problem("a service without replicas", builder(List.of(service("a", 1000, 0)), 4000)),
                problem("all clusters but one forbidden", onlyOne),
                problem(
                        "two services that fill two clusters",
                        builder(List.of(service("a", 3000, 1), service("b", 3000, 1)), 3000, 3000)));
    }

    /** Problems with relations, where a refusal is legal, and some without a solution. */
    static List<PlacementCase> harder() {
        List<PlacementService> two = List.of(service("a", 1000, 1), service("b", 1000, 2));
        PlacementRequestBuilder close =
                builder(two, 4000, 4000).link(new PlacementLink(0, 1, 1, OptionalDouble.of(10)));
        close.latency(0, 1, 50).latency(1, 0, 50);
        return List.of(
                problem("two services together", builder(two, 4000, 4000).together(List.of(0, 1))),
                problem(
                        "two services together, no cluster with room for both",
                        builder(two, 2000, 2000).together(List.of(0, 1))),
                problem("two services apart", builder(two, 4000, 4000).apart(0, 1)),
                problem("two services apart on one cluster", builder(two, 4000).apart(0, 1)),
                problem("two services with a latency limit, clusters too far from each other", close),
                problem("a service that fits nowhere", builder(List.of(service("a", 9000, 1)), 4000, 4000)),
                problem(
                        "a service that is forbidden everywhere",
                        builder(two, 4000, 4000).forbid(0, 0, "no").forbid(0, 1, "no")));
    }

    /** Any number of small problems of every kind, then some larger or tight ones. */
    static PlacementCase generated(int number) {
        if (number % 8 == 7) {
            int services = 5 + number % 20;
            double slack = number % 3 * 0.2;
            return federation(number, services, 2 + number % 5, slack);
        }
        return new PlacementCase("RandomProblems.small(%d)".formatted(number), RandomProblems.small(number));
    }

    static PlacementCase federation(long seed, int services, int clusters, double slack) {
        return new PlacementCase(
                "RandomProblems.federation(%d, %d, %d, %s)".formatted(seed, services, clusters, slack),
                RandomProblems.federation(seed, services, clusters, slack));
    }

    /** Problems with many equally good answers, which reveal chance or memory. */
    static List<PlacementCase> forRepetition() {
        return List.of(
                federation(3, 12, 5, 0.5),
                alike(12, 6),
                generated(3),
                generated(5),
                generated(6),
                federation(4, 30, 8, 0.3));
    }

    /** Services and clusters that are all the same, free of cost. */
    private static PlacementCase alike(int services, int clusters) {
        List<PlacementService> rows = IntStream.range(0, services)
                .mapToObj(s -> service("s" + s, 500, 1))
                .toList();
        return problem(
                "%d equal services, %d equal clusters".formatted(services, clusters),
                builder(rows, IntStream.range(0, clusters).mapToLong(c -> 8000).toArray()));
    }

    /** A service whose replicas must be on two clusters, with ample capacity. */
    static List<PlacementCase> spread() {
        PlacementService a = new PlacementService("a", new Resources(1000, 0, 0, 0), 3, 2);
        PlacementService b = new PlacementService("b", new Resources(500, 0, 0, 0), 2, 2);
        return List.of(
                problem("three replicas over two clusters of three", builder(List.of(a), 4000, 4000, 4000)),
                problem(
                        "three replicas over two clusters, no cluster with room for all",
                        builder(List.of(a), 2000, 2000)),
                problem("two services over two clusters", builder(List.of(a, b), 4000, 4000)),
                problem(
                        "six replicas, two to three on a cluster",
                        builder(List.of(divided(6, 1, 2, 3, 0, Proportion.EQUAL, Map.of())), 9000, 9000, 9000)),
                problem(
                        "five replicas, of which 60 per cent survive the loss of a cluster",
                        builder(List.of(divided(5, 1, 1, 9, 60, Proportion.EQUAL, Map.of())), 9000, 3000, 2000)),
                problem(
                        "seven replicas in proportion to free capacity, more than one on each of two clusters",
                        builder(List.of(divided(7, 2, 2, 9, 0, Proportion.FREE_CAPACITY, Map.of())), 6000, 2000)),
                problem(
                        "four replicas by weights of two clusters of three",
                        builder(
                                List.of(divided(4, 2, 1, 9, 0, Proportion.WEIGHTS, Map.of("c1", 3, "c2", 1))),
                                9000,
                                9000,
                                9000)));
    }

    private static PlacementService divided(
            int replicas,
            int overClusters,
            int minPerCluster,
            int maxPerCluster,
            int survivingPercent,
            Proportion proportion,
            Map<String, Integer> weights) {
        return new PlacementService(
                "a",
                new Resources(1000, 0, 0, 0),
                replicas,
                new ReplicaDivision(overClusters, minPerCluster, maxPerCluster, survivingPercent, proportion, weights));
    }

    /** One service, two clusters: the first level decides, and the next one breaks the tie. */
    static PlacementRequest twoLevels(double firstOnC0, double secondOnC0) {
        PlacementRequest request =
                builder(List.of(service("a", 1000, 1)), 4000, 4000).build();
        PlacementObjective first = (problem, costs) -> {
            costs.assign(0, 0, firstOnC0);
            costs.assign(0, 1, 1);
        };
        PlacementObjective second = (problem, costs) -> {
            costs.assign(0, 0, secondOnC0);
            costs.assign(0, 1, 1);
        };
        return request.withCosts(
                List.of(Pricing.costs(request, Map.of(first, 1.0)), Pricing.costs(request, Map.of(second, 1.0))));
    }

    private static PlacementCase problem(String origin, PlacementRequestBuilder builder) {
        return new PlacementCase(origin, Pricing.priced(builder.build(), Map.of()));
    }

    private static PlacementRequestBuilder builder(List<PlacementService> services, long... cpuMillis) {
        List<ClusterCapacity> clusters = IntStream.range(0, cpuMillis.length)
                .mapToObj(c -> ClusterCapacity.of(
                        new ClusterId("test", "c" + c), new Resources(cpuMillis[c], 1L << 33, 1L << 33, 0)))
                .toList();
        return new PlacementRequestBuilder(new GraphId("demo", "graph"), DecisionReason.DEPLOY, services, clusters);
    }

    private static PlacementService service(String id, long cpuMillis, int replicas) {
        return new PlacementService(id, new Resources(cpuMillis, 1 << 20, 0, 0), replicas, 1);
    }
}
