// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Graphs beside the fleet, deployed and removed by one phase, which determines their number. A further cluster takes
 * all of them, so that they change nothing for the fleet.
 */
final class TemporaryGraphs {

    /** The first in the order of names, in which clusters are filled. */
    private static final String CLUSTER = "a-guests";

    private static final int CORES = 1_000_000;
    private static final int MOST_LOOKED_AT = 1_000;
    private static final int NOT_FOUND = 404;

    interface Stay {

        boolean with(TemporaryGraphs temporaryGraphs) throws IOException, InterruptedException;
    }

    private final BenchContext bench;
    private final int first;
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Queue<Integer> refused = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> unknown = new ConcurrentLinkedQueue<>();

    private TemporaryGraphs(BenchContext bench, int first) {
        this.bench = bench;
        this.first = first;
    }

    static TemporaryGraphs invite(BenchContext bench, int first) throws IOException, InterruptedException {
        bench.world()
                .strike(
                        "clusters",
                        "{\"name\": \"%s\", \"cpuCores\": %d, \"memoryGib\": %d, \"storageGib\": %d}"
                                .formatted(CLUSTER, CORES, CORES, CORES));
        return new TemporaryGraphs(bench, first);
    }

    /** Deploys a number of graphs one after the other. */
    ClosedLoop.RequestMaker deployments() {
        return number -> bench.fleet().deploy(first + number);
    }

    /** Notes an acknowledged deployment. */
    IntConsumer taken() {
        return number -> heard(number, RequestTally.Ending.TAKEN);
    }

    /** Deploys that many further ones with all clients, as fast as they get answers. */
    void deploy(int count) throws IOException, InterruptedException {
        int behind = used.get();
        ClosedLoop.RequestMaker calls = deployments();
        IntConsumer heard = taken();
        bench.crowd().make(count, number -> calls.create(behind + number), number -> heard.accept(behind + number));
    }

    /** Deployments that are sent when they are due, of graphs that were not sent before. */
    OpenLoop.Stream deploys(double perSecond) {
        int behind = used.get();
        return new OpenLoop.Stream(
                "deploy",
                perSecond,
                number -> bench.fleet().deploy(first + behind + number),
                (number, ending) -> heard(behind + number, ending));
    }

    private void heard(int number, RequestTally.Ending ending) {
        used.accumulateAndGet(number + 1, Math::max);
        switch (ending) {
            case TAKEN -> {
                bench.acknowledged().deployed(first + number);
                acknowledged.incrementAndGet();
            }
            case REFUSED -> refused.add(first + number);
            case FAILED -> unknown.add(first + number);
        }
    }

    int acknowledged() {
        return acknowledged.get();
    }

    boolean settle() throws IOException, InterruptedException {
        return new ProgressPoller(() -> -bench.server().openOperations(), 0, BenchChange.PATIENCE_SECONDS)
                .await(System.nanoTime());
    }

    int lost() throws InterruptedException {
        return bench.acknowledged().judge(bench.server(), bench.fleet(), first);
    }

    /** Number of refused ones that exist nevertheless; only some are checked. */
    int halfAccepted() throws IOException, InterruptedException {
        int there = 0;
        for (int graph : refused.stream().limit(MOST_LOOKED_AT).toList()) {
            boolean gone =
                    bench.server().send("GET", bench.fleet().path(graph), "").statusCode() == NOT_FOUND;
            there += gone ? 0 : 1;
        }
        return there;
    }

    /** Removes existing ones, and then the cluster. */
    void leave() throws IOException, InterruptedException {
        int[] there = bench.acknowledged().present(first);
        bench.crowd().make(there.length, number -> bench.fleet().remove(there[number]), number -> bench.acknowledged()
                .removed(there[number]));
        for (int graph : unknown) {
            ClosedLoop.HttpRequestSpec removal = bench.fleet().remove(graph);
            bench.server().send(removal.method(), removal.path(), removal.body());
        }
        settle();
        bench.world().remove("clusters/" + CLUSTER);
    }
}
