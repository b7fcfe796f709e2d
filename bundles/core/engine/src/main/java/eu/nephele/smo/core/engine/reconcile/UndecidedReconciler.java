// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.Observed.ObservedService;
import eu.nephele.smo.core.contract.work.WorkQueue.Next;
import eu.nephele.smo.core.engine.decision.Placer;
import eu.nephele.smo.core.engine.status.Conditions;
import eu.nephele.smo.core.engine.status.Outcome;
import eu.nephele.smo.core.engine.status.Recorder;
import eu.nephele.smo.core.engine.status.Recorder.Sight;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a graph for which nothing was decided: it waits, goes back to what it was, or is gone. */
final class Undecided {

    private static final Logger LOG = LoggerFactory.getLogger(Undecided.class);

    private final Placer placer;
    private final Departure departure;
    private final Compensation compensation;
    private final Recorder recorder;
    private final Duration look;

    /** @param look how soon a graph that waits for room is looked at again, whatever happens */
    Undecided(Placer placer, Departure departure, Compensation compensation, Recorder recorder, Duration look) {
        this.placer = placer;
        this.departure = departure;
        this.compensation = compensation;
        this.recorder = recorder;
        this.look = look;
    }

    /** Nothing fits, and nothing is in force that could be carried out. */
    Next noRoom(GraphRecord record, Graph graph, Placer.Answer.NoRoom noRoom) {
        if (record.desired().provisional() && record.decided().isEmpty()) {
            departure.rejected(record, noRoom.why(), noRoom.news());
            return new Next.Done();
        }
        // That no cluster at all is ready is an outage: it says nothing about the new revision.
        Optional<Next> compensated =
                placer.isOutage() ? Optional.empty() : compensation.giveUpRevision(record, graph, noRoom.why());
        if (compensated.isPresent()) {
            return compensated.get();
        }
        LOG.info("graph={} waits for room: {}", record.id(), noRoom.why().getMessage());
        Conditions conditions = recorder.conditions(record)
                .set(Condition.PLACED, false, "Infeasible", noRoom.why().getMessage())
                .set(Condition.READY, false, "NotPlaced", "Tried again when capacity changes");
        boolean runs = !Entrance.isBefore(record) && record.observed().phase() != GraphPhase.FAILED;
        recorder.save(
                record,
                runs ? GraphPhase.DEGRADED : GraphPhase.PENDING,
                conditions,
                Sight.of(waiting(record, graph, runs)).with(noRoom.news()),
                new Outcome.HeldUp(noRoom.why()));
        recorder.waitsForRoom(record.id());
        return new Next.Again(look);
    }

    /** Nobody can say now where it shall run, or ever. */
    Next undecidable(GraphRecord record, Graph graph, SmoException e) {
        boolean wrong = e.kind() == SmoException.Kind.INVALID;
        if (wrong && record.desired().provisional() && record.decided().isEmpty()) {
            departure.rejected(record, e, List.of());
            return new Next.Done();
        }
        Optional<Next> compensated = wrong ? compensation.begin(record, graph, e) : Optional.empty();
        if (compensated.isPresent()) {
            return compensated.get();
        }
        LOG.warn("graph={} cannot be decided on now: {}", record.id(), e.getMessage());
        Conditions conditions = recorder.conditions(record)
                .set(Condition.PLACED, record.decided().isPresent(), "Undecidable", e.getMessage())
                .set(Condition.READY, false, "Undecidable", e.getMessage());
        recorder.save(
                record,
                record.observed().phase(),
                conditions,
                Sight.unchanged(record),
                wrong ? new Outcome.Failed(e) : new Outcome.Going(Optional.of(e), e.getMessage()));
        return Reconciler.next(e);
    }

    private static Map<String, ObservedService> waiting(GraphRecord record, Graph graph, boolean runs) {
        Map<String, ObservedService> services = new LinkedHashMap<>();
        graph.services().forEach(service -> {
            ServiceState state = service.trigger().isConditional() ? ServiceState.PENDING : ServiceState.NOT_DEPLOYED;
            ObservedService waits = new ObservedService(state, 0, 0, Optional.empty(), List.of(), "waits for room");
            services.put(service.id(), runs ? record.observed().services().getOrDefault(service.id(), waits) : waits);
        });
        return services;
    }
}
