// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.chaos.GraphSpec.ChaosService;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.Waits;
import java.util.ArrayList;
import java.util.List;
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

    private final String graph;
    private final Random random;
    private final ChartCatalog charts;
    private int edits;
    private int servicesEver;

    DescriptorEdits(String graph, Random random, ChartCatalog charts) {
        this.graph = graph;
        this.random = random;
        this.charts = charts;
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
        services.set(
                at,
                new ChaosService(before.id(), edits, before.waits(), before.cpu(), charts.render(before.id(), edits)));
    }

    private ChaosService newService() {
        boolean conditional = random.nextInt(ONE_IN_CONDITIONAL) == 0;
        return newService(!conditional ? Waits.NEVER : random.nextBoolean() ? Waits.ANY : Waits.ALL);
    }

    private ChaosService newService(Waits waits) {
        servicesEver++;
        String cpu = random.nextInt(ONE_IN_LARGE) > 0 ? "light" : "small";
        String id = "%s-s%d".formatted(graph, servicesEver);
        return new ChaosService(id, edits, waits, cpu, charts.render(id, edits));
    }
}
