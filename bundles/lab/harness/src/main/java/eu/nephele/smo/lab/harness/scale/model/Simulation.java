// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import eu.nephele.smo.lab.harness.scale.model.ScaleScenario.InjectedFault;
import eu.nephele.smo.lab.harness.scale.model.SimulationResult.Recovery;
import eu.nephele.smo.lab.harness.scale.model.SimulationResult.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Deploys all graphs, injects the fault meanwhile, and then loses all clusters of one region. Ends when everything runs, or
 * when it does not within the time that was given.
 */
public final class Simulation {

    private static final double MICROS = 1e6;
    private static final double P50 = 0.5;
    private static final double P99 = 0.99;
    private static final long PATIENCE_MICROS = 2L * 24 * 3600 * 1_000_000;

    private final ModelWorld world;
    private final List<ModelOwner> owners = new ArrayList<>();
    private final List<GraphWork> graphs = new ArrayList<>();
    private final ModelClients clients;

    private Simulation(ScaleScenario scenario) {
        this.world = ModelWorld.from(scenario);
        for (int number = 0; number < scenario.owners(); number++) {
            owners.add(new ModelOwner(number, world));
        }
        for (int number = 0; number < scenario.fleet().graphs(); number++) {
            graphs.add(graph(number));
        }
        this.clients = new ModelClients(world, owners, graphs);
    }

    /** Runs one scenario; the same one always has the same result. */
    public static SimulationResult run(ScaleScenario scenario) {
        return new Simulation(scenario).run();
    }

    private GraphWork graph(int number) {
        ScaleScenario.Fleet fleet = world.scenario().fleet();
        int home = number % fleet.regions();
        boolean crosses = world.random().nextDouble() < fleet.spread().crossShare() && fleet.regions() > 1;
        int other = (home + 1 + world.random().nextInt(Math.max(1, fleet.regions() - 1))) % fleet.regions();
        int[] regions = crosses ? new int[] {home, other} : new int[] {home};
        int slice = number / fleet.regions() % fleet.slices();
        GraphPartition partition = world.partitions().get(home * fleet.slices() + slice);
        return new GraphWork(number, partition, regions, fleet.services());
    }

    private SimulationResult run() {
        for (ModelOwner owner : owners) {
            owner.begin(world.partitions().stream()
                    .filter(partition -> partition.firstOwner(owners.size()) == owner.number())
                    .toList());
        }
        clients.begin();
        world.scenario().fault().ifPresent(fault -> world.agenda().after(fault.atMicros(), () -> strike(fault)));
        until(() -> world.tally().completedCount() == graphs.size() && faultIsOver());
        long deployed = world.now();
        Timing timing = pace();
        Map<String, Double> use = use(deployed);
        Recovery recovery = loseRegion(deployed);
        return new SimulationResult(
                world.tally().work(),
                world.tally().safety(),
                timing,
                recovery,
                use,
                world.agenda().entered());
    }

    private void until(BooleanSupplier over) {
        while (!over.getAsBoolean() && world.now() < PATIENCE_MICROS) {
            if (!world.agenda().step()) {
                return;
            }
        }
    }

    private void strike(InjectedFault fault) {
        ModelOwner struck = owners.get(0);
        world.partitions().stream()
                .filter(partition -> partition.owner() == struck.number())
                .forEach(GraphPartition::orphan);
        switch (fault.kind()) {
            case KILLED -> {
                struck.kill();
                if (fault.forMicros() > 0) {
                    world.agenda().after(fault.forMicros(), this::restart);
                }
            }
            case STOPPED -> struck.stop(fault.forMicros());
        }
    }

    /** A process that knows nothing of the one before it. */
    private void restart() {
        ModelOwner fresh = new ModelOwner(0, world);
        owners.set(0, fresh);
        fresh.start();
    }

    private boolean faultIsOver() {
        return world.scenario()
                .fault()
                .map(fault -> world.now() > fault.atMicros() + fault.forMicros()
                        && world.partitions().stream().allMatch(partition -> isServed(partition, fault)))
                .orElse(true);
    }

    /** Returns whether the owner is served; an owner that stalled for less than a lease continues normally. */
    private boolean isServed(GraphPartition partition, InjectedFault fault) {
        boolean keeps = fault.kind() == InjectedFault.ScenarioKind.STOPPED && !partition.isFree(world.now());
        return !partition.wasOrphaned() || partition.isTakenOver() || keeps;
    }

    private Timing pace() {
        long[] running = world.tally().running();
        long[] waited = graphs.stream()
                .filter(graph -> world.tally().runningMicros(graph.number()) >= 0)
                .mapToLong(graph -> world.tally().runningMicros(graph.number()) - graph.arrivedMicros())
                .sorted()
                .toArray();
        double seconds = running.length == 0 ? 0 : running[running.length - 1] / MICROS;
        return new Timing(
                seconds > 0 ? running.length / seconds : 0,
                seconds,
                at(waited, P50) / MICROS,
                at(waited, P99) / MICROS,
                at(clients.acceptMicros(), P99) / 1000.0);
    }

    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private Map<String, Double> use(long micros) {
        Map<String, Double> use = new TreeMap<>();
        use.put("cores", most(owners, owner -> owner.cores().use(micros)));
        use.put(
                SimulationResult.WORKERS,
                most(owners, owner -> owner.passes().workers().use(micros)));
        use.put("adapter calls", most(owners, owner -> owner.passes().calls().use(micros)));
        use.put("database cores", most(world.databases(), database -> database.cores()
                .use(micros)));
        use.put("database commits", most(world.databases(), database -> database.log()
                .use(micros)));
        use.put("ledger row", most(world.databases(), database -> database.locks()
                .busiest(micros)));
        return use;
    }

    private static <T> double most(List<T> all, ToDoubleFunction<T> use) {
        return all.stream().mapToDouble(use).max().orElse(0);
    }

    /** All clusters of region 0 are lost: their graphs are decided anew, for the other regions. */
    private Recovery loseRegion(long begun) {
        ScaleScenario.Fleet fleet = world.scenario().fleet();
        double takeover = faultSeconds(GraphPartition::takenMicros);
        double looked = faultSeconds(GraphPartition::lookedMicros);
        if (fleet.regions() == 1 || world.tally().completedCount() < graphs.size()) {
            return new Recovery(takeover, looked, 0, 0, 0);
        }
        List<GraphWork> lost = graphs.stream()
                .filter(graph -> graph.isIn(0, world.federation()))
                .toList();
        world.federation().lose(0);
        for (GraphWork graph : lost) {
            graph.decideAnew(0, 1 + graph.number() % (fleet.regions() - 1));
            owners.stream()
                    .filter(owner -> owner.isUp() && owner.epochOf(graph.partition()) >= 0)
                    .forEach(owner -> owner.passes().work(graph));
        }
        until(() -> lost.stream().noneMatch(GraphWork::isDeciding));
        double decided = (world.now() - begun) / MICROS;
        until(() -> lost.stream().allMatch(graph -> graph.stage() == GraphWork.WorkStage.RUNNING));
        return new Recovery(takeover, looked, decided, (world.now() - begun) / MICROS, lost.size());
    }

    private double faultSeconds(ToLongFunction<GraphPartition> when) {
        return world.scenario()
                .fault()
                .map(fault -> world.partitions().stream()
                                .filter(GraphPartition::wasOrphaned)
                                .mapToLong(when)
                                .map(micros -> Math.max(0, micros - fault.atMicros()))
                                .max()
                                .orElse(0)
                        / MICROS)
                .orElse(0.0);
    }
}
