// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.ArrayList;
import java.util.List;

/** Graphs that change their owner together, and the lease of the owner, a row of the database. */
final class GraphPartition {

    /** No owner. */
    static final int NOBODY = -1;

    private final int number;
    private final int region;
    private final int slice;
    private final List<GraphWork> graphs = new ArrayList<>();
    private int owner = NOBODY;
    private long epoch;
    private long untilMicros;
    private int toLookAt;
    private int running;
    private long orphanedUnder = -1;
    private long takenMicros;
    private long lookedMicros;

    GraphPartition(int number, int slices) {
        this.number = number;
        this.region = number / slices;
        this.slice = number % slices;
    }

    int region() {
        return region;
    }

    /** Neighbours in a region have different owners, as far as possible. */
    int firstOwner(int owners) {
        return (region + slice) % owners;
    }

    int number() {
        return number;
    }

    /** All graphs in the store, in the order of their acceptance. */
    List<GraphWork> graphs() {
        return graphs;
    }

    int owner() {
        return owner;
    }

    /** Rises with each owner; work begun under an earlier one is refused. */
    long epoch() {
        return epoch;
    }

    boolean isFree(long now) {
        return owner == NOBODY || untilMicros < now;
    }

    /** Acquires the lease for an owner, as the store does. */
    boolean acquire(int by, long now, long leaseMicros) {
        if (!isFree(now)) {
            return false;
        }
        owner = by;
        epoch++;
        takenMicros = now;
        untilMicros = now + leaseMicros;
        return true;
    }

    /** Renews the lease of its owner, as the store does. */
    boolean renew(int by, long held, long now, long leaseMicros) {
        if (owner != by || epoch != held) {
            return false;
        }
        untilMicros = now + leaseMicros;
        return true;
    }

    /** Returns whether a change under this epoch is accepted. */
    boolean takes(long held) {
        return epoch == held;
    }

    /** A new owner makes a pass over all graphs. */
    void lookAt(int graphsToLookAt, long now) {
        toLookAt = graphsToLookAt;
        lookedMicros = now;
    }

    void looked(long now) {
        toLookAt--;
        lookedMicros = now;
    }

    void runs() {
        running++;
    }

    void runsNoMore() {
        running--;
    }

    int running() {
        return running;
    }

    /** Notes a fault of its owner. */
    void orphan() {
        orphanedUnder = epoch;
    }

    boolean wasOrphaned() {
        return orphanedUnder >= 0;
    }

    /** Returns whether another owner has acquired it since and has checked all its graphs. */
    boolean isTakenOver() {
        return epoch > orphanedUnder && toLookAt == 0;
    }

    /** Time at which its owner acquired it. */
    long takenMicros() {
        return takenMicros;
    }

    /** Time at which its owner had checked the last graph. */
    long lookedMicros() {
        return lookedMicros;
    }
}
