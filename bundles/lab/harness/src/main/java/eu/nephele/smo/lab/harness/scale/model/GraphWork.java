// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/** One graph: its state in the store, and its state outside. */
final class GraphWork {

    enum WorkStage {
        ACCEPTED,
        DECIDED,
        INSTALLED,
        RUNNING
    }

    private final int number;
    private final GraphPartition partition;
    private int[] regions;
    private final boolean[] installed;
    private WorkStage stage = WorkStage.ACCEPTED;
    private int[] clusters = {};
    private long arrivedMicros;
    private boolean accepted;
    private boolean deciding;
    private boolean replaced;
    private int worker = GraphPartition.NOBODY;
    private long workerEpoch;
    private boolean lookAgain;
    private int callsUnderWay;
    private int callsBy = GraphPartition.NOBODY;

    GraphWork(int number, GraphPartition partition, int[] regions, int services) {
        this.number = number;
        this.partition = partition;
        this.regions = regions;
        this.installed = new boolean[services];
    }

    int number() {
        return number;
    }

    GraphPartition partition() {
        return partition;
    }

    /** The first one is that of its partition. */
    int[] regions() {
        return regions;
    }

    WorkStage stage() {
        return stage;
    }

    void reach(WorkStage next) {
        stage = next;
    }

    int[] clusters() {
        return clusters;
    }

    void arrive(long micros) {
        arrivedMicros = micros;
    }

    long arrivedMicros() {
        return arrivedMicros;
    }

    void accept() {
        accepted = true;
    }

    boolean isAccepted() {
        return accepted;
    }

    boolean isDeciding() {
        return deciding;
    }

    /** Its clusters are lost: it moves to others. */
    void decideAnew(int lostRegion, int otherRegion) {
        deciding = true;
        replaced = true;
        regions = Arrays.stream(regions)
                .map(region -> region == lostRegion ? otherRegion : region)
                .distinct()
                .toArray();
    }

    /** Adds the next region because its regions lack capacity. */
    void widen(int regionsThatThereAre) {
        int next = (regions[regions.length - 1] + 1) % regionsThatThereAre;
        regions = IntStream.concat(Arrays.stream(regions), IntStream.of(next))
                .distinct()
                .toArray();
    }

    void decided(int[] chosen) {
        clusters = chosen;
        stage = WorkStage.DECIDED;
        if (deciding) {
            Arrays.fill(installed, false);
        }
        deciding = false;
    }

    /** Returns whether it was decided anew after it had run. */
    boolean isReplaced() {
        return replaced;
    }

    boolean isIn(int region, ModelClusters modelClusters) {
        return Arrays.stream(clusters).anyMatch(cluster -> modelClusters.regionOf(cluster) == region);
    }

    /** The service that is installed next; the number of services when all are. */
    int nextService() {
        int service = 0;
        while (service < installed.length && installed[service]) {
            service++;
        }
        return service;
    }

    boolean allInstalled() {
        return nextService() == installed.length;
    }

    /** Returns whether an owner works on it already; if so, another pass follows. */
    boolean isWorkedOnBy(int owner, long epoch) {
        boolean works = worker == owner && workerEpoch == epoch;
        lookAgain |= works;
        return works;
    }

    /** @return false when another owner works on it under the same epoch */
    boolean begin(int owner, long epoch) {
        if (worker != GraphPartition.NOBODY && workerEpoch == epoch) {
            return false;
        }
        worker = owner;
        workerEpoch = epoch;
        return true;
    }

    /**
     * Ends the work of an owner, unless another one continues under a later epoch.
     *
     * @return whether another pass is needed
     */
    boolean end(int owner, long epoch) {
        if (worker != owner || workerEpoch != epoch) {
            return false;
        }
        worker = GraphPartition.NOBODY;
        boolean again = lookAgain;
        lookAgain = false;
        return again;
    }

    /** @return whether another owner has a call of this graph under way */
    boolean beginCall(int owner) {
        boolean overlaps = callsUnderWay > 0 && callsBy != owner;
        callsUnderWay++;
        callsBy = owner;
        return overlaps;
    }

    void endCall(int service) {
        callsUnderWay--;
        installed[service] = true;
    }
}
