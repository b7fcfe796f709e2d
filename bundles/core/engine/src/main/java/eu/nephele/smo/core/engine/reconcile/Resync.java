// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.proposal.AutomaticPlacement;
import eu.nephele.smo.core.engine.rollout.Rollout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls converged graphs, many in one call: as long as the workloads of a graph are as its last pass has seen them, a
 * further pass would find the same. Graphs that differ get a pass, and every graph gets one from time to time.
 */
public final class Resync {

    private static final Logger LOG = LoggerFactory.getLogger(Resync.class);

    /** Graphs per call. */
    private static final int BATCH = 250;

    /** So many polls without a difference are followed by a pass: it also sees changes that no adapter reports. */
    private static final int LOOKS = 4;

    /**
     * A graph as its last pass has left it.
     *
     * @param edition of the adapters before the pass polled them
     * @param looks polls since then
     * @param at last poll, or pass
     */
    private record ConvergedGraph(
            List<WorkloadRef> workloads,
            Map<WorkloadRef, WorkloadObservation> seen,
            Set<ClusterId> clusters,
            long edition,
            int looks,
            Instant at) {

        private ConvergedGraph lookedAt(Instant now) {
            return new ConvergedGraph(workloads, seen, clusters, edition, looks + 1, now);
        }

        private boolean isSeenIn(AdapterPorts.WorkloadObservations workloadObservations) {
            return clusters.stream()
                            .noneMatch(on -> workloadObservations.failed().containsKey(on.source()))
                    && workloads.stream()
                            .allMatch(ref -> Objects.equals(
                                    seen.get(ref),
                                    workloadObservations.workloads().get(ref)));
        }
    }

    private final AdapterPorts ports;
    private final ClusterInventory clusterInventory;
    private final AutomaticPlacement automation;
    private final WorkQueue<GraphId> queue;
    private final Duration every;
    private final Clock clock;
    /** Begins anew with each start, because each graph gets a pass then. The one that was polled longest ago first. */
    private final Map<GraphId, ConvergedGraph> settled = new LinkedHashMap<>();

    Resync(
            AdapterPorts ports,
            ClusterInventory clusterInventory,
            AutomaticPlacement automation,
            WorkQueue<GraphId> queue,
            Duration every,
            Clock clock) {
        this.ports = ports;
        this.clusterInventory = clusterInventory;
        this.automation = automation;
        this.queue = queue;
        this.every = every;
        this.clock = clock;
    }

    /**
     * Takes over a graph after a pass that found nothing to do, until something happens.
     *
     * @param edition of the adapters before the pass polled them
     * @return false for one that time alone may change: it needs passes
     */
    boolean takes(GraphRecord record, DecidedGraph decided, Map<WorkloadRef, WorkloadObservation> seen, long edition) {
        ObservedGraph observed = record.observed();
        Set<ClusterId> clusters = new HashSet<>(decided.placement().clusters());
        seen.values().forEach(workload -> clusters.addAll(workload.byCluster().keySet()));
        boolean still = observed.phase() == GraphPhase.RUNNING
                && observed.conditions().stream().allMatch(condition -> condition.status() == Condition.Status.TRUE)
                && decided.homes().isEmpty()
                && !decided.inTransit()
                && !automation.isStarved(record.id())
                && clusters.stream().allMatch(this::isCalm);
        if (still) {
            keep(
                    record.id(),
                    new ConvergedGraph(Rollout.refs(record), seen, Set.copyOf(clusters), edition, 0, clock.instant()));
        }
        return still;
    }

    /** The same; returns when the next pass over the graph is due. */
    PassResult next(
            GraphRecord record, DecidedGraph decided, Map<WorkloadRef, WorkloadObservation> seen, long edition) {
        return takes(record, decided, seen, edition) ? new PassResult.Finished() : new PassResult.RequeueAfter(every);
    }

    /** Ready, and not being drained. */
    private boolean isCalm(ClusterId cluster) {
        return clusterInventory.ready(cluster)
                && clusterInventory.closed(cluster, true).isEmpty();
    }

    long edition() {
        return ports.edition();
    }

    private synchronized void keep(GraphId graph, ConvergedGraph now) {
        settled.remove(graph);
        settled.put(graph, now);
    }

    /** A graph gets a pass, or is gone. */
    synchronized void forget(GraphId graph) {
        settled.remove(graph);
    }

    /** Polls all graphs that are due. Called by one thread at a time. */
    public void run() {
        Map<GraphId, ConvergedGraph> due = due();
        while (!due.isEmpty()) {
            check(due);
            due = due();
        }
    }

    private synchronized Map<GraphId, ConvergedGraph> due() {
        Instant now = clock.instant();
        Map<GraphId, ConvergedGraph> due = new LinkedHashMap<>();
        for (Map.Entry<GraphId, ConvergedGraph> next : settled.entrySet()) {
            if (rests(next.getValue(), now) || due.size() == BATCH) {
                break;
            }
            due.put(next.getKey(), next.getValue());
        }
        return due;
    }

    /** Graphs that are due; costs as much as there are such graphs. */
    public synchronized int overdue() {
        Instant now = clock.instant();
        int overdue = 0;
        for (ConvergedGraph next : settled.values()) {
            if (rests(next, now)) {
                break;
            }
            overdue++;
        }
        return overdue;
    }

    /** A clock that was set back is no reason to wait until it shows that time again. */
    private boolean rests(ConvergedGraph graph, Instant now) {
        return !graph.at().isAfter(now) && graph.at().plus(every).isAfter(now);
    }

    private void check(Map<GraphId, ConvergedGraph> due) {
        List<WorkloadRef> workloads = new ArrayList<>();
        Map<GraphId, ConvergedGraph> trusted = new LinkedHashMap<>();
        due.forEach((graph, last) -> {
            boolean sameWorld = last.edition() == ports.edition()
                    && last.clusters().stream().allMatch(this::isCalm);
            if (last.looks() < LOOKS && sameWorld) {
                trusted.put(graph, last);
                workloads.addAll(last.workloads());
            } else {
                leave(graph, last, PriorityLevel.ROUTINE);
            }
        });
        if (!trusted.isEmpty()) {
            compare(trusted, workloads);
        }
    }

    private void compare(Map<GraphId, ConvergedGraph> trusted, List<WorkloadRef> workloads) {
        AdapterPorts.WorkloadObservations workloadObservations;
        try {
            workloadObservations = ports.sight(workloads);
        } catch (RuntimeException e) {
            LOG.error(
                    "bulk observation failed unexpectedly graphs={}; observing each separately, this is a defect of an"
                            + " adapter",
                    trusted.size(),
                    e);
            trusted.forEach((graph, last) -> leave(graph, last, PriorityLevel.ROUTINE));
            return;
        }
        Instant now = clock.instant();
        trusted.forEach((graph, last) -> {
            if (last.isSeenIn(workloadObservations)) {
                replace(graph, last, last.lookedAt(now));
            } else {
                leave(graph, last, PriorityLevel.NEWS);
            }
        });
    }

    /** Unless a pass has reconciled it meanwhile. */
    private synchronized void replace(GraphId graph, ConvergedGraph last, ConvergedGraph now) {
        if (last.equals(settled.get(graph))) {
            keep(graph, now);
        }
    }

    private void leave(GraphId graph, ConvergedGraph last, PriorityLevel why) {
        boolean ours;
        synchronized (this) {
            ours = last.equals(settled.get(graph));
            if (ours) {
                settled.remove(graph);
            }
        }
        if (ours) {
            queue.add(graph, why);
        }
    }
}
