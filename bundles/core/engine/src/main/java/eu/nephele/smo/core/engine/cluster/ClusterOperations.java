// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.graph.ClusterService.Directive;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.store.ClusterStore.ClusterNote;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.engine.graph.DashboardUrls;
import eu.nephele.smo.core.engine.graph.PlacementOrder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Directives of operators about clusters, progress of drains, arrivals and departures of clusters; all are stored. */
public final class ClusterOperations {

    private final ClusterNotes notes;
    private final ClusterDrains drains;
    private final ClusterInventory clusterInventory;
    private final PlacementOrder placementOrder;
    private final DashboardUrls dashboards;
    private final WorkQueue<GraphId> queue;

    ClusterOperations(
            ClusterNotes notes,
            ClusterDrains drains,
            ClusterInventory clusterInventory,
            PlacementOrder placementOrder,
            DashboardUrls dashboards,
            WorkQueue<GraphId> queue) {
        this.notes = notes;
        this.drains = drains;
        this.clusterInventory = clusterInventory;
        this.placementOrder = placementOrder;
        this.dashboards = dashboards;
        this.queue = queue;
    }

    public void load() {
        notes.load();
    }

    Optional<URI> dashboard(ClusterId cluster) {
        return dashboards.find(cluster);
    }

    Directive cordon(ClusterId cluster, String reason, RequestOrigin origin) {
        synchronized (notes) {
            ClusterNote last = notes.get(cluster);
            if (last.cordoned()) {
                return directive(last);
            }
            ClusterNote note = notes.directed(last, true, false, reason, Optional.empty());
            notes.keep(note, List.of(notes.event("cluster.cordoned", note, Map.of("reason", reason), origin)));
            return directive(note);
        }
    }

    Directive uncordon(ClusterId cluster, RequestOrigin origin) {
        ClusterNote note;
        synchronized (notes) {
            ClusterNote last = notes.get(cluster);
            if (!last.cordoned() && !last.draining()) {
                return directive(last);
            }
            note = notes.directed(last, false, false, "", Optional.empty());
            notes.keep(note, List.of(notes.event("cluster.uncordoned", note, Map.of(), origin)));
            drains.underWay(last).ifPresent(drain -> drains.end(drain, State.CANCELLED, "The cluster was uncordoned"));
        }
        placementOrder.callWaiting();
        return directive(note);
    }

    Operation drain(ClusterId cluster, String reason, RequestOrigin origin) {
        Operation drain;
        synchronized (notes) {
            Optional<Operation> known = drains.known(cluster, origin);
            if (known.isPresent()) {
                return known.get();
            }
            drain = drains.begin(cluster, reason, origin);
        }
        clusterInventory.on(cluster).forEach(queue::add);
        return drain;
    }

    List<Directive> directives() {
        return notes.all().stream()
                .filter(note -> note.cordoned() || note.draining())
                .map(ClusterOperations::directive)
                .toList();
    }

    public Operation cancel(Operation drain) {
        return drains.cancel(drain);
    }

    public void follow() {
        notes.follow();
        drains.follow();
    }

    private static Directive directive(ClusterNote note) {
        return new Directive(
                note.cluster(), note.cordoned(), note.draining(), note.reason(), note.operation(), note.directedAt());
    }
}
