// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.placement;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.ReplicaDivision;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A placement problem as Java source that builds it, for a test of its own; costs are not part of it. */
final class PlacementCaseSource {

    private static final int LARGEST = 48;

    private PlacementCaseSource() {}

    static String render(PlacementRequest request) {
        int rows = request.services().size();
        int columns = request.clusters().size();
        if (rows * columns > LARGEST) {
            return "(%d services, %d clusters)".formatted(rows, columns);
        }
        List<String> lines = new ArrayList<>();
        lines.add("new PlacementRequestBuilder(new GraphId(\"%s\", \"%s\"), DecisionReason.%s,"
                .formatted(request.graph().project(), request.graph().name(), request.reason()));
        lines.add("        List.of("
                + joined(request.services().stream()
                        .map(PlacementCaseSource::service)
                        .toList()) + "),");
        lines.add("        List.of("
                + joined(request.clusters().stream()
                        .map(PlacementCaseSource::cluster)
                        .toList()) + "))");
        for (int s = 0; s < rows; s++) {
            row(request, s, lines);
        }
        request.together()
                .forEach(group -> lines.add("    .together(List.of(%s))"
                        .formatted(group.stream().map(String::valueOf).collect(Collectors.joining(", ")))));
        request.apart().forEach(pair -> lines.add("    .apart(%d, %d)".formatted(pair.get(0), pair.get(1))));
        request.links().forEach(link -> lines.add(link(link)));
        latencies(request, lines);
        lines.add("    .build()");
        return String.join("\n", lines);
    }

    private static void row(PlacementRequest request, int s, List<String> lines) {
        for (int c = 0; c < request.clusters().size(); c++) {
            if (!request.allowed(s, c)) {
                lines.add("    .forbid(%d, %d, \"%s\")".formatted(s, c, request.whyNotAllowed(s, c)));
            }
            if (request.currentReplicas(s, c) > 0) {
                lines.add("    .current(%d, %d)".formatted(s, c));
            }
        }
    }

    private static void latencies(PlacementRequest request, List<String> lines) {
        int columns = request.clusters().size();
        boolean matters = request.links().stream()
                .anyMatch(link -> link.maxLatencyMillis().isPresent());
        for (int from = 0; matters && from < columns; from++) {
            for (int to = 0; to < columns; to++) {
                int column = to;
                int row = from;
                if (from != to) {
                    request.latencyMillis(from, to)
                            .ifPresent(millis -> lines.add("    .latency(%d, %d, %s)".formatted(row, column, millis)));
                }
            }
        }
    }

    private static String joined(List<String> parts) {
        return String.join(",\n                ", parts);
    }

    private static String service(PlacementService service) {
        return "new PlacementService(\"%s\", %s, %d, %s)"
                .formatted(
                        service.id(),
                        resources(service.perReplica()),
                        service.replicas(),
                        division(service.division()));
    }

    private static String division(ReplicaDivision division) {
        if (division.equals(ReplicaDivision.over(division.overClusters()))) {
            return Integer.toString(division.overClusters());
        }
        String weights = new TreeMap<>(division.weights())
                .entrySet().stream()
                        .map(weight -> "\"%s\", %d".formatted(weight.getKey(), weight.getValue()))
                        .collect(Collectors.joining(", ", "Map.of(", ")"));
        return "new ReplicaDivision(%d, %d, %d, %d, Proportion.%s, %s)"
                .formatted(
                        division.overClusters(),
                        division.minPerCluster(),
                        division.maxPerCluster(),
                        division.survivingPercent(),
                        division.proportion(),
                        weights);
    }

    private static String cluster(ClusterCapacity cluster) {
        return "ClusterCapacity.of(new ClusterId(\"%s\", \"%s\"), %s)"
                .formatted(cluster.id().source(), cluster.id().name(), resources(cluster.free()));
    }

    private static String resources(Resources amount) {
        String further = amount.extended().entrySet().stream()
                .map(entry -> "\"%s\", %dL".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        String gpus = amount.gpus() == Resources.UNLIMITED ? "Resources.UNLIMITED" : number(amount.gpus());
        String four = "%s, %s, %s, %s"
                .formatted(
                        number(amount.cpuMillis()), number(amount.memoryBytes()), number(amount.storageBytes()), gpus);
        return further.isEmpty()
                ? "new Resources(%s)".formatted(four)
                : "new Resources(%s, Map.of(%s))".formatted(four, further);
    }

    private static String number(long amount) {
        return amount > Integer.MAX_VALUE ? amount + "L" : Long.toString(amount);
    }

    private static String link(PlacementLink link) {
        String limit = link.maxLatencyMillis().isPresent()
                ? "OptionalDouble.of(%s)".formatted(link.maxLatencyMillis().getAsDouble())
                : "OptionalDouble.empty()";
        return "    .link(new PlacementLink(%d, %d, %s, %s))".formatted(link.from(), link.to(), link.traffic(), limit);
    }
}
