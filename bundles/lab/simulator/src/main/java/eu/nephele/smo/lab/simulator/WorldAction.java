// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;

/** An action on the world, by the timeline of its scenario or on demand. */
public sealed interface WorldAction {

    /** The cluster stops: it is not ready, nor is any pod on it. */
    record FailCluster(String cluster) implements WorldAction {}

    /** The cluster is back: its pods start anew. */
    record RestoreCluster(String cluster) implements WorldAction {}

    /**
     * Part of the nodes is taken away; pods that no longer fit wait, the youngest first.
     *
     * @param fraction share of the capacity that is gone, 0 (all back) to 1
     */
    record DrainCluster(String cluster, double fraction) implements WorldAction {
        public DrainCluster {
            if (!(fraction >= 0 && fraction <= 1)) {
                throw new IllegalArgumentException("fraction=%s, expected 0 to 1".formatted(fraction));
            }
        }
    }

    /**
     * Sets the demand of other tenants on the cluster; they get it as far as our scheduled pods leave capacity.
     *
     * @param load sum of their requests
     */
    record SetForeignLoad(String cluster, Resources load) implements WorldAction {}

    /** Sets the capacity of the cluster from now on; pods that no longer fit wait, the youngest first. */
    record ResizeCluster(String cluster, Resources capacity) implements WorldAction {}

    record AddCluster(ClusterModel cluster) implements WorldAction {}

    /** The cluster leaves, and everything on it is gone. */
    record RemoveCluster(String cluster) implements WorldAction {}

    /**
     * The load of a service from now on.
     *
     * @param service {@code service}, {@code project/service} or {@code project/graph/service}; {@code *} for all others
     */
    record SetLoad(String service, LoadProfile profile) implements WorldAction {}

    record BeginOutage(Outage outage) implements WorldAction {}

    record EndOutage(Outage outage) implements WorldAction {}

    /**
     * A series has this value from now on, also where the world measures something else.
     *
     * @param value any number but NaN
     */
    record SetSeries(MetricSeries series, double value) implements WorldAction {
        public SetSeries {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("value=NaN, expected a number");
            }
        }
    }

    /** Series that were set are gone: those of that name that have at least these labels. */
    record DropSeries(MetricSeries series) implements WorldAction {}

    /** Pods of an artifact that start from now on never become ready. */
    record BreakArtifact(String artifact) implements WorldAction {}

    /** Removes the release, as another actor would. */
    record DeleteRelease(WorkloadRef workload) implements WorldAction {}

    /**
     * Changes the replicas on one cluster, as another actor would.
     *
     * @param replicas 0 or more
     */
    record SetReplicas(WorkloadRef workload, String cluster, int replicas) implements WorldAction {
        public SetReplicas {
            if (replicas < 0) {
                throw new IllegalArgumentException("replicas=%d, expected 0 or more".formatted(replicas));
            }
        }
    }

    /** Changes the values of the release, as another actor would: its digest changes. */
    record ChangeValues(WorkloadRef workload) implements WorldAction {}

    /** Removes an alert rule, as another actor would. */
    record DeleteRule(WorkloadRef workload, String eventId) implements WorldAction {}
}
