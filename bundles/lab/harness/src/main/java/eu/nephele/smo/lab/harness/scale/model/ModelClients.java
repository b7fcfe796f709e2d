// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.Load;
import java.util.Arrays;
import java.util.List;

/**
 * Clients that deploy graphs. A client that is not served retries with the same key, whichever server owns the database then.
 */
final class ModelClients {

    private static final int PATIENCE = 10;

    private final ModelWorld world;
    private final List<ModelOwner> owners;
    private final List<GraphWork> graphs;
    private final long[] answered;
    private final int[] asked;
    private int next;

    ModelClients(ModelWorld world, List<ModelOwner> owners, List<GraphWork> graphs) {
        this.world = world;
        this.owners = owners;
        this.graphs = graphs;
        this.answered = new long[graphs.size()];
        this.asked = new int[graphs.size()];
        Arrays.fill(answered, -1);
    }

    void begin() {
        if (world.scenario().load() instanceof Load.ClosedLoopLoad few) {
            for (int client = 0; client < few.clients(); client++) {
                deployNext();
            }
        } else if (world.scenario().load() instanceof Load.OpenLoopLoad openLoopLoad) {
            arrive(openLoopLoad);
            if (openLoopLoad.burst() > 0) {
                world.agenda().after(openLoopLoad.burstEveryMicros(), () -> burst(openLoopLoad));
            }
        }
    }

    /** From arrival to acknowledgement, in order. */
    long[] acceptMicros() {
        return graphs.stream()
                .filter(graph -> answered[graph.number()] >= 0)
                .mapToLong(graph -> answered[graph.number()] - graph.arrivedMicros())
                .sorted()
                .toArray();
    }

    private void deployNext() {
        if (next < graphs.size()) {
            GraphWork graph = graphs.get(next++);
            graph.arrive(world.now());
            ask(graph);
        }
    }

    private void arrive(Load.OpenLoopLoad openLoopLoad) {
        double seconds = -Math.log(1 - world.random().nextDouble()) / openLoopLoad.perSecond();
        world.agenda().after(Math.round(seconds * 1e6), () -> {
            deployNext();
            if (next < graphs.size()) {
                arrive(openLoopLoad);
            }
        });
    }

    private void burst(Load.OpenLoopLoad openLoopLoad) {
        for (int i = 0; i < openLoopLoad.burst(); i++) {
            deployNext();
        }
        if (next < graphs.size()) {
            world.agenda().after(openLoopLoad.burstEveryMicros(), () -> burst(openLoopLoad));
        }
    }

    private void ask(GraphWork graph) {
        if (graph.isAccepted()) {
            // an earlier request was stored whose answer got lost
            answer(graph);
            return;
        }
        asked[graph.number()]++;
        GraphPartition partition = graph.partition();
        boolean served =
                !partition.isFree(world.now()) && owners.get(partition.owner()).isAlive();
        long retry = world.settings().world().retryMicros();
        if (!served) {
            askAgain(graph, retry);
            return;
        }
        owners.get(partition.owner()).passes().accept(graph, stored -> {
            if (stored || graph.isAccepted()) {
                answer(graph);
            } else {
                askAgain(graph, retry);
            }
        });
        askAgain(graph, PATIENCE * retry);
    }

    private void askAgain(GraphWork graph, long micros) {
        int request = asked[graph.number()];
        world.agenda().after(micros, () -> {
            if (answered[graph.number()] < 0 && asked[graph.number()] == request) {
                ask(graph);
            }
        });
    }

    private void answer(GraphWork graph) {
        if (answered[graph.number()] >= 0) {
            return;
        }
        answered[graph.number()] = world.now();
        if (world.scenario().load() instanceof Load.ClosedLoopLoad) {
            deployNext();
        }
    }
}
