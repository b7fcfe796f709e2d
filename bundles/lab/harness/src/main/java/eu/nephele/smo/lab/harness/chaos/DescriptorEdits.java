// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.ChaosService;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.Waits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Invents descriptors of one graph and changes them. Each has a number of its own, and so has each service that was ever in
 * one.
 */
final class DescriptorEdits {

    static final String PROJECT = "chaos";

    private static final int MOST_SERVICES = 5;
    private static final int ONE_IN_CONDITIONAL = 4;
    private static final int ONE_IN_LARGE = 6;
    private static final int ONE_IN_DIVIDED = 3;
    /** A changed service is divided otherwise. */
    private static final int ONE_IN_DIVIDED_ANEW = 3;

    /** One more than a divided service has to run on: one may be lost. */
    private static final int WEIGHTED_CLUSTERS = 3;

    private static final int HALF_PERCENT = 50;

    private final String graph;
    private final Random random;
    private final ChartCatalog charts;
    private final List<String> clusters;
    private int edits;
    private int servicesEver;

    /** @param clusters of the world, three or more */
    DescriptorEdits(String graph, Random random, ChartCatalog charts, List<String> clusters) {
        this.graph = graph;
        this.random = random;
        this.charts = charts;
        this.clusters = List.copyOf(clusters);
    }

    GraphSpec fresh() {
        edits++;
        List<ChaosService> services = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            services.add(newService());
        }
        return new GraphSpec(PROJECT, graph, edits, services);
    }

    /** Adds, removes or changes one or two services. */
    GraphSpec changed(GraphSpec spec) {
        edits++;
        List<ChaosService> services = new ArrayList<>(spec.services());
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            switch (random.nextInt(3)) {
                case 0 -> add(services);
                case 1 -> remove(services);
                default -> change(services);
            }
        }
        return new GraphSpec(PROJECT, graph, edits, services);
    }

    GraphSpec waiting(GraphSpec spec) {
        edits++;
        List<ChaosService> services = new ArrayList<>(spec.services());
        if (services.size() == MOST_SERVICES) {
            services.remove(random.nextInt(MOST_SERVICES));
        }
        services.add(newService(random.nextBoolean() ? Waits.ANY : Waits.ALL));
        return new GraphSpec(PROJECT, graph, edits, services);
    }

    private void add(List<ChaosService> services) {
        if (services.size() < MOST_SERVICES) {
            services.add(random.nextInt(services.size() + 1), newService());
        } else {
            change(services);
        }
    }

    private void remove(List<ChaosService> services) {
        if (services.size() > 1) {
            services.remove(random.nextInt(services.size()));
        } else {
            change(services);
        }
    }

    private void change(List<ChaosService> services) {
        int at = random.nextInt(services.size());
        ChaosService before = services.get(at);
        ReplicaDivision division = random.nextInt(ONE_IN_DIVIDED_ANEW) == 0 ? division() : before.division();
        String chart = charts.render(before.id(), edits);
        services.set(at, new ChaosService(before.id(), edits, before.waits(), before.cpu(), division, chart));
    }

    private ChaosService newService() {
        boolean conditional = random.nextInt(ONE_IN_CONDITIONAL) == 0;
        return newService(!conditional ? Waits.NEVER : random.nextBoolean() ? Waits.ANY : Waits.ALL);
    }

    private ChaosService newService(Waits waits) {
        servicesEver++;
        String cpu = random.nextInt(ONE_IN_LARGE) > 0 ? "light" : "small";
        String id = "%s-s%d".formatted(graph, servicesEver);
        return new ChaosService(id, edits, waits, cpu, division(), charts.render(id, edits));
    }

    private ReplicaDivision division() {
        if (random.nextInt(ONE_IN_DIVIDED) > 0) {
            return ReplicaDivision.WHOLE;
        }
        return switch (random.nextInt(4)) {
            case 0 -> divided(0, Proportion.EQUAL, Map.of());
            case 1 -> divided(HALF_PERCENT, Proportion.EQUAL, Map.of());
            case 2 -> divided(0, Proportion.FREE_CAPACITY, Map.of());
            default -> divided(0, Proportion.WEIGHTS, weights());
        };
    }

    private static ReplicaDivision divided(int survivingPercent, Proportion proportion, Map<String, Integer> weights) {
        return new ReplicaDivision(2, 1, Integer.MAX_VALUE, survivingPercent, proportion, weights);
    }

    private Map<String, Integer> weights() {
        int first = random.nextInt(clusters.size());
        Map<String, Integer> weights = new HashMap<>();
        for (int i = 0; i < WEIGHTED_CLUSTERS; i++) {
            weights.put(clusters.get((first + i) % clusters.size()), WEIGHTED_CLUSTERS - i);
        }
        return weights;
    }
}
