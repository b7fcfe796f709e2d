// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.ClusterStore;
import eu.nephele.smo.core.contract.store.ClusterStore.ClusterNote;
import eu.nephele.smo.core.engine.graph.GraphEventFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes of each cluster, all of them stored: its arrivals and departures, and the directives of operators. A
 * read-modify-write of a note holds the lock of this object.
 */
final class ClusterNotes {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterNotes.class);

    private final ClusterStore store;
    private final ClusterInventory clusterInventory;
    private final GraphEventFactory graphEventFactory;
    private final Clock clock;
    /** Cache of the stored notes, found again by reading them at each start. */
    private final Map<ClusterId, ClusterNote> notes = new TreeMap<>();

    ClusterNotes(
            ClusterStore store, ClusterInventory clusterInventory, GraphEventFactory graphEventFactory, Clock clock) {
        this.store = store;
        this.clusterInventory = clusterInventory;
        this.graphEventFactory = graphEventFactory;
        this.clock = clock;
    }

    synchronized void load() {
        List<ClusterNote> stored = store.list();
        notes.keySet().forEach(clusterInventory::undirect);
        notes.clear();
        stored.forEach(note -> {
            notes.put(note.cluster(), note);
            clusterInventory.direct(note);
            clusterInventory.expect(note.cluster().source());
            if (!note.ready()) {
                clusterInventory.rememberAway(note.cluster(), note.since());
            }
        });
    }

    synchronized List<ClusterNote> all() {
        return List.copyOf(notes.values());
    }

    /** @throws SmoException {@code NOT_FOUND} when no source has ever listed such a cluster */
    synchronized ClusterNote get(ClusterId cluster) {
        ClusterNote note = notes.get(cluster);
        if (note != null) {
            return note;
        }
        Instant now = clock.instant();
        return clusterInventory
                .state(cluster)
                .map(state -> new ClusterNote(cluster, state.ready(), now, false, false, "", Optional.empty(), now))
                .orElseThrow(() -> SmoException.notFound("Cluster %s not found".formatted(cluster.name())));
    }

    ClusterNote directed(
            ClusterNote last, boolean cordoned, boolean draining, String reason, Optional<String> operation) {
        return new ClusterNote(
                last.cluster(), last.ready(), last.since(), cordoned, draining, reason, operation, clock.instant());
    }

    /** Stores a note with its events; it is in force from then on. */
    synchronized void keep(ClusterNote note, List<EventDraft> events) {
        store.save(List.of(note), events);
        notes.put(note.cluster(), note);
        clusterInventory.direct(note);
    }

    /**
     * Takes note of the clusters as they are reported now: joined, left, unavailable or available again. The inventory
     * is read in here: of two callers the last one must not note an earlier state.
     */
    synchronized void follow() {
        follow(clusterInventory.states(), clusterInventory.sources());
    }

    /** @param sources those that answered; clusters of others have not left only because they are not listed */
    private void follow(List<ClusterState> states, Set<String> sources) {
        Map<ClusterId, ClusterState> present = new TreeMap<>();
        states.forEach(state -> present.put(state.id(), state));
        Instant now = clock.instant();
        present.forEach((id, state) -> {
            ClusterNote last = notes.get(id);
            if (last == null) {
                ClusterNote note = new ClusterNote(id, state.ready(), now, false, false, "", Optional.empty(), now);
                keep(note, List.of(event("cluster.joined", note, Map.of(), RequestOrigin.INTERNAL)));
            } else if (last.ready() != state.ready()) {
                ClusterNote note = new ClusterNote(
                        id,
                        state.ready(),
                        now,
                        last.cordoned(),
                        last.draining(),
                        last.reason(),
                        last.operation(),
                        last.directedAt());
                String type = state.ready() ? "cluster.available" : "cluster.unavailable";
                keep(note, List.of(event(type, note, Map.of(), RequestOrigin.INTERNAL)));
            }
        });
        List<ClusterNote> left = notes.values().stream()
                .filter(note -> !present.containsKey(note.cluster())
                        && sources.contains(note.cluster().source()))
                .toList();
        left.forEach(note -> {
            store.delete(note.cluster(), List.of(event("cluster.left", note, Map.of(), RequestOrigin.INTERNAL)));
            notes.remove(note.cluster());
            LOG.info("cluster left cluster={}", note.cluster());
        });
    }

    EventDraft event(String type, ClusterNote note, Map<String, String> data, RequestOrigin origin) {
        EventDraft draft = graphEventFactory.create(type, note.cluster(), Optional.empty(), data);
        return new EventDraft(
                draft.type(),
                draft.time(),
                draft.about(),
                draft.service(),
                draft.generation(),
                note.operation(),
                origin.correlationId(),
                origin.traceParent(),
                draft.data());
    }
}
