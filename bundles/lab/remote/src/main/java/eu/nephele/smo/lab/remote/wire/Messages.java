// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.wire;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Messages on the wire beside the values of the api. */
public final class Messages {

    private Messages() {}

    /**
     * Changes in the world since the last poll.
     *
     * @param history name of the run of the world to which the numbers belong; another one after a restart
     * @param next number of the last reported change, for the next poll
     * @param missed whether the world dropped changes: everything may have changed
     * @param version number of the last change of the reports of clusters
     * @param complete whether {@code clusters} are all clusters; else all others are as reported before
     * @param clusters present state of at least those that changed
     */
    public record ChangesMessage(
            String history,
            long next,
            boolean missed,
            boolean membership,
            Set<WorkloadRef> workloads,
            long version,
            boolean complete,
            List<ClusterState> clusters) {
        public ChangesMessage {
            workloads = Set.copyOf(workloads);
            clusters = List.copyOf(clusters);
        }
    }

    /**
     * A release with everything that decides whether it has the desired state.
     *
     * @param key text of the step key of the last write, "" when others changed it since
     */
    public record ReleaseRecord(
            ReleaseState state, String key, Set<ClusterTarget> targets, Resources perReplica, long generation) {
        public ReleaseRecord {
            targets = Set.copyOf(targets);
        }
    }

    public record SharesWrite(StepKey key, List<Share> shares) {
        public SharesWrite {
            shares = List.copyOf(shares);
        }
    }

    /** Query for the remains of removed workloads, with the clusters on which they ran. */
    public record RemainsQuestion(List<WorkloadRef> workloads, Set<ClusterId> clusters) {
        public RemainsQuestion {
            workloads = List.copyOf(workloads);
            clusters = Set.copyOf(clusters);
        }
    }

    public record RuleRecord(WorkloadRef workload, EventRule rule, String owner) {}

    public record RangeQuestion(List<MetricQuery> queries, Duration range, Duration step) {
        public RangeQuestion {
            queries = List.copyOf(queries);
        }
    }

    /** A present value; empty without data. */
    public record Measured(Optional<Double> value) {}

    /** Values of the past, oldest first. */
    public record MeasuredHistory(List<LoadPoint> points) {
        public MeasuredHistory {
            points = List.copyOf(points);
        }
    }

    /** Signals of all clusters, latency from → to in ms. */
    public record SignalReport(
            Map<ClusterId, ClusterSignals> signals, Map<ClusterId, Map<ClusterId, Double>> latencyMillis) {
        public SignalReport {
            signals = Map.copyOf(signals);
            latencyMillis = Map.copyOf(latencyMillis);
        }
    }

    /** Reason of a refusal by the world. */
    public record WireRefusal(AdapterException.Kind kind, String message) {}
}
