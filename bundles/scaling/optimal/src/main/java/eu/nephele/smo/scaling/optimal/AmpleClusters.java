// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides the clusters on which everybody may have what is cheapest alone: most clusters, most of the time. One pass over plain
 * numbers, without anything that only a shortage needs. Clusters with services that are on several of them, or with further
 * kinds of resources, are left to others.
 */
final class AmpleClusters {

    private final ScalingBatch batch;
    private final boolean keepingPays;
    private final double utilization;
    private final boolean[] open;
    private final UsualAmounts[] used;
    private final int[] least;
    private final int[] most;

    /** By target, of those whose maximum is too small. */
    private final Map<Integer, Unmet> unmet = new HashMap<>();

    /** Sums of what replicas need. */
    private static final class UsualAmounts {

        private long cpuMillis;
        private long memoryBytes;
        private long storageBytes;
        private long gpus;

        /** @throws ArithmeticException if the amounts exceed a long */
        void add(Resources each, int replicas) {
            cpuMillis = Math.addExact(cpuMillis, Math.multiplyExact(each.cpuMillis(), (long) replicas));
            memoryBytes = Math.addExact(memoryBytes, Math.multiplyExact(each.memoryBytes(), (long) replicas));
            storageBytes = Math.addExact(storageBytes, Math.multiplyExact(each.storageBytes(), (long) replicas));
            gpus = Math.addExact(gpus, Math.multiplyExact(each.gpus(), (long) replicas));
        }

        boolean fitInto(Resources free) {
            return cpuMillis <= free.cpuMillis()
                    && memoryBytes <= free.memoryBytes()
                    && storageBytes <= free.storageBytes()
                    && gpus <= free.gpus();
        }
    }

    AmpleClusters(ScalingBatch batch, OptimalParameters parameters) {
        this.batch = batch;
        this.keepingPays = ReplicaVariable.keepingPays(parameters.useWeight(), parameters.changeWeight());
        this.utilization = parameters.utilization();
        this.open = new boolean[batch.clusterCount()];
        this.used = new UsualAmounts[open.length];
        this.least = new int[batch.size()];
        this.most = new int[least.length];
    }

    /** Returns per cluster whether its targets still have to be decided. */
    boolean[] decide() {
        for (int c = 0; c < used.length; c++) {
            used[c] = new UsualAmounts();
        }
        for (int i = 0; i < least.length; i++) {
            if (i > 0 && batch.isSameService(i - 1, i)) {
                open[batch.cluster(i - 1)] = true;
                open[batch.cluster(i)] = true;
            }
            hold(i);
        }
        for (int c = 0; c < open.length; c++) {
            open[c] |= !used[c].fitInto(batch.free(c));
        }
        for (int i = 0; i < least.length; i++) {
            if (least[i] >= 0 && !open[batch.cluster(i)]) {
                batch.answerCheapest(i, least[i], most[i], cheapest(i));
            }
        }
        unmet.forEach((i, demand) -> {
            if (!open[batch.cluster(i)]) {
                batch.isUnmet(i, demand);
            }
        });
        return open;
    }

    private void hold(int i) {
        ScalingTarget target = batch.target(i);
        ReplicaRange range = ReplicaRange.of(target, 0, utilization);
        if (range instanceof ReplicaRange.Between between) {
            least[i] = between.least();
            most[i] = between.most();
        } else if (range instanceof ReplicaRange.AboveMaximum above) {
            least[i] = above.most();
            most[i] = above.most();
            unmet.put(i, above.unmet());
        } else {
            least[i] = -1;
            batch.answer(
                    i,
                    range instanceof ReplicaRange.NoData noData
                            ? new Keep(noData.reason())
                            : new Infeasible(((ReplicaRange.Unreachable) range).reason()));
        }
        int cluster = batch.cluster(i);
        open[cluster] |= !target.perReplica().extended().isEmpty();
        used[cluster].add(target.perReplica(), least[i] < 0 ? target.replicas() : cheapest(i));
    }

    private int cheapest(int i) {
        return keepingPays ? Math.max(least[i], Math.min(batch.target(i).replicas(), most[i])) : least[i];
    }
}
