// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import eu.nephele.smo.lab.harness.scale.model.GraphWork.WorkStage;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Work of an owner for graphs, in the steps of the engine: accept; decide and reserve in one transaction; install service by
 * service; later check whether all of it runs. A pass holds a worker, also while it waits for the database or an adapter.
 */
final class OwnerPasses {

    private static final int ATTEMPTS = 20;

    private final ModelOwner owner;
    private final ModelWorld world;
    private final QueueingStation workers;
    private final QueueingStation calls;

    private record RunningPass(GraphWork graph, long epoch, long begun) {}

    OwnerPasses(ModelOwner owner, ModelWorld world) {
        this.owner = owner;
        this.world = world;
        this.workers =
                new QueueingStation(world.agenda(), world.settings().owner().workers());
        this.calls =
                new QueueingStation(world.agenda(), world.settings().owner().calls());
    }

    QueueingStation workers() {
        return workers;
    }

    QueueingStation calls() {
        return calls;
    }

    /** @param answer receives whether it is stored; never called when the process dies meanwhile */
    void accept(GraphWork graph, Consumer<Boolean> answer) {
        GraphPartition partition = graph.partition();
        long epoch = owner.epochOf(partition);
        owner.cores().serve(world.settings().costs().acceptMicros(), owner.mine(() -> home(graph)
                .write(
                        () -> {
                            if (epoch < 0 || !partition.takes(epoch) || graph.isAccepted()) {
                                return false;
                            }
                            graph.accept();
                            partition.graphs().add(graph);
                            world.tally().accepted();
                            return true;
                        },
                        stored -> {
                            answer.accept(stored);
                            owner.mine(() -> work(graph)).run();
                        })));
    }

    /** Passes over all graphs of the partition, after a takeover. */
    void lookAtAll(GraphPartition partition) {
        partition.lookAt(partition.graphs().size(), world.now());
        for (GraphWork graph : partition.graphs()) {
            workers.enter(owner.mine(() -> {
                long begun = world.now();
                owner.cores().serve(world.settings().costs().lookMicros(), owner.mine(() -> {
                    partition.looked(world.now());
                    workers.leave(world.now() - begun);
                    work(graph);
                }));
            }));
        }
    }

    /** Works on a graph as soon as a worker is free, if a pass is needed. */
    void work(GraphWork graph) {
        if (isDone(graph) || owner.epochOf(graph.partition()) < 0) {
            return;
        }
        workers.enter(owner.mine(() -> {
            long epoch = owner.epochOf(graph.partition());
            if (epoch < 0 || isDone(graph) || graph.isWorkedOnBy(owner.number(), epoch)) {
                workers.leave(0);
                return;
            }
            if (!graph.begin(owner.number(), epoch)) {
                world.tally().doubledPass();
            }
            advance(new RunningPass(graph, epoch, world.now()));
        }));
    }

    private static boolean isDone(GraphWork graph) {
        return graph.stage() == WorkStage.RUNNING && !graph.isDeciding();
    }

    private void advance(RunningPass pass) {
        GraphWork graph = pass.graph();
        if (graph.isDeciding() || graph.stage() == WorkStage.ACCEPTED) {
            decide(pass, 0);
            return;
        }
        switch (graph.stage()) {
            case DECIDED -> install(pass);
            case INSTALLED ->
                owner.cores()
                        .serve(
                                world.settings().costs().confirmMicros(),
                                owner.mine(() -> confirm(
                                        pass, world.settings().database().commitsPerGraph() - 3)));
            default -> end(pass);
        }
    }

    private void decide(RunningPass pass, int attempt) {
        GraphWork graph = pass.graph();
        ScaleScenario.Fleet fleet = world.scenario().fleet();
        ScaleSettings.StationCosts costs = world.settings().costs();
        double pairs = (double) fleet.services() * world.federation().seen(graph.regions().length);
        long micros = costs.decideMicros() + Math.round(costs.decideMicrosPerPair() * pairs);
        // free capacity is read when the decision begins; others may take it until it is stored
        owner.cores()
                .serve(micros, () -> world.federation().choose(graph.regions(), world.random()), chosen -> owner.mine(
                                () -> borrow(pass, chosen, 1, () -> store(pass, chosen, attempt)))
                        .run());
    }

    /** Rows of clusters in another database are reserved there first, by a transaction of its own. */
    private void borrow(RunningPass pass, int[] clusters, int next, Runnable then) {
        int[] regions = pass.graph().regions();
        if (next >= regions.length) {
            then.run();
            return;
        }
        ModelDatabase lender = world.database(regions[next]);
        Runnable further = owner.mine(() -> borrow(pass, clusters, next + 1, then));
        if (lender == home(pass.graph())) {
            further.run();
        } else {
            lender.write(rowsOf(clusters, lender), () -> true, any -> further.run());
        }
    }

    private long[] rowsOf(int[] clusters, ModelDatabase database) {
        return Arrays.stream(clusters)
                .filter(cluster -> world.database(world.federation().regionOf(cluster)) == database)
                .asLongStream()
                .toArray();
    }

    private void store(RunningPass pass, int[] clusters, int attempt) {
        GraphWork graph = pass.graph();
        home(graph)
                .write(
                        rowsOf(clusters, home(graph)),
                        () -> graph.partition().takes(pass.epoch()) && reserve(graph, clusters),
                        stored -> owner.mine(() -> {
                                    if (stored) {
                                        install(pass);
                                    } else if (noteFence(pass)) {
                                        end(pass);
                                    } else {
                                        world.tally().conflict();
                                        retry(pass, attempt + 1);
                                    }
                                })
                                .run());
    }

    private boolean reserve(GraphWork graph, int[] clusters) {
        ModelClusters modelClusters = world.federation();
        if (clusters.length == 0 || !modelClusters.reserve(clusters)) {
            return false;
        }
        modelClusters.release(graph.clusters());
        if (graph.stage() == WorkStage.RUNNING) {
            graph.partition().runsNoMore();
        }
        graph.decided(clusters);
        world.tally().decided();
        return true;
    }

    private void retry(RunningPass pass, int attempt) {
        if (attempt < ATTEMPTS) {
            decide(pass, attempt);
        } else {
            pass.graph().widen(world.scenario().fleet().regions());
            end(pass);
            comeBack(pass.graph());
        }
    }

    private void install(RunningPass pass) {
        GraphWork graph = pass.graph();
        if (graph.allInstalled()) {
            home(graph).write(() -> reach(pass, WorkStage.DECIDED, WorkStage.INSTALLED), stored -> owner.mine(() -> {
                        noteFence(pass);
                        end(pass);
                        comeBack(graph);
                    })
                    .run());
            return;
        }
        owner.cores()
                .serve(
                        world.settings().costs().installMicros(),
                        owner.mine(() -> calls.enter(owner.mine(() -> call(pass)))));
    }

    private void call(RunningPass pass) {
        GraphWork graph = pass.graph();
        long mean = world.settings().world().callMicros();
        long longest = mean + mean / 2;
        if (!owner.holdsUntil(graph.partition(), pass.epoch(), world.now() + longest)) {
            // the lease may end before the call: no call is begun
            calls.leave(0);
            end(pass);
            comeBack(graph);
            return;
        }
        int service = graph.nextService();
        world.tally().call(graph.partition().takes(pass.epoch()), graph.beginCall(owner.number()));
        long micros = mean / 2 + (mean == 0 ? 0 : world.random().nextLong(mean + 1));
        // a call under way goes on when the process dies
        world.agenda().after(micros, () -> {
            graph.endCall(service);
            calls.leave(micros);
            owner.mine(() -> install(pass)).run();
        });
    }

    private void confirm(RunningPass pass, int commits) {
        GraphWork graph = pass.graph();
        boolean last = commits <= 1;
        home(graph)
                .write(
                        () -> last
                                ? reach(pass, WorkStage.INSTALLED, WorkStage.RUNNING)
                                : graph.partition().takes(pass.epoch()),
                        stored -> owner.mine(() -> {
                                    if (stored && !last) {
                                        confirm(pass, commits - 1);
                                    } else {
                                        noteFence(pass);
                                        end(pass);
                                    }
                                })
                                .run());
    }

    private boolean reach(RunningPass pass, WorkStage from, WorkStage to) {
        GraphWork graph = pass.graph();
        if (!graph.partition().takes(pass.epoch()) || graph.stage() != from || graph.isDeciding()) {
            return false;
        }
        graph.reach(to);
        if (to == WorkStage.RUNNING) {
            graph.partition().runs();
            world.tally().completed(graph.number(), world.now(), graph.isReplaced());
        }
        return true;
    }

    /** Returns whether another server owns the graph meanwhile. */
    private boolean noteFence(RunningPass pass) {
        boolean fenced = !pass.graph().partition().takes(pass.epoch());
        if (fenced) {
            world.tally().refusedWrite();
        }
        return fenced;
    }

    private void end(RunningPass pass) {
        boolean again = pass.graph().end(owner.number(), pass.epoch());
        workers.leave(world.now() - pass.begun());
        if (again) {
            work(pass.graph());
        }
    }

    private void comeBack(GraphWork graph) {
        ScaleSettings.WorldSettings settings = world.settings().world();
        long micros = Math.max(settings.pollMicros(), settings.startMicros());
        world.agenda().after(micros, owner.mine(() -> work(graph)));
    }

    private ModelDatabase home(GraphWork graph) {
        return world.database(graph.partition().region());
    }
}
