// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.Plan.Validity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.PlanStore;
import eu.nephele.smo.core.contract.store.PlanStore.PlanRecord;
import eu.nephele.smo.core.contract.work.SortableIds;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory.PlanPins;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Predicts a change, and carries out exactly that: a plan is applied by storing the change with the placement of the
 * plan as a condition.
 */
final class PlanRunner {

    private final PlanStore plans;
    private final ChangeDraftFactory drafts;
    private final DryRun dryRun;
    private final GraphLifecycle lifecycle;
    private final DesiredStateWriter desiredStateWriter;
    private final SortableIds ids;
    private final Duration validity;
    private final Clock clock;

    PlanRunner(
            PlanStore plans,
            ChangeDraftFactory drafts,
            DryRun dryRun,
            GraphLifecycle lifecycle,
            DesiredStateWriter desiredStateWriter,
            Duration validity,
            Clock clock) {
        this.plans = plans;
        this.drafts = drafts;
        this.dryRun = dryRun;
        this.lifecycle = lifecycle;
        this.desiredStateWriter = desiredStateWriter;
        this.ids = new SortableIds(clock);
        this.validity = validity;
        this.clock = clock;
    }

    Plan plan(DeployRequest request) {
        return keep(drafts.checked(request));
    }

    Plan plan(GraphId graph, PlaceRequest request) {
        return keep(drafts.create(graph, request));
    }

    Optional<Plan> find(GraphId graph, String planId) {
        return record(graph, planId).map(PlanRecord::plan);
    }

    /** Returns whether that plan only decides again where services run. */
    boolean isPlacement(GraphId graph, String planId) {
        return record(graph, planId).flatMap(PlanRecord::request).isPresent();
    }

    Change apply(GraphId graph, String planId, RequestOrigin origin) {
        Optional<Change> repeated = desiredStateWriter.repeated(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        PlanRecord record = record(graph, planId)
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s has no plan %s; it may have expired".formatted(graph.name(), planId)));
        Plan shown = record.plan();
        if (!shown.feasible()) {
            throw SmoException.conflict(
                    "Plan %s cannot be applied: %s".formatted(planId, String.join("; ", shown.conflicts())));
        }
        if (shown.validity().isOver(clock.instant())) {
            throw stale(planId, "it expired at " + shown.validity().expiresAt());
        }
        if (!drafts.basis(graph).equals(record.basis())) {
            throw stale(planId, "the graph has changed since");
        }
        ChangeDraft draft = drafts.recreate(graph, record);
        Plan now = dryRun.run(draft, planId, Validity.from(shown.validity().createdAt(), validity));
        if (!now.feasible()
                || !now.placement().equals(shown.placement())
                || !now.steps().equals(shown.steps())) {
            throw stale(planId, "the world has changed since: it would come out differently now");
        }
        if (!ReleaseAdoption.areSame(now.takeovers(), shown.takeovers())) {
            throw stale(planId, "releases of others under its names have changed since");
        }
        PlanPins planPins =
                new PlanPins(clusters(shown.placement()), planId, ReleaseAdoption.fingerprints(shown.takeovers()));
        if (record.request().isPresent()) {
            return lifecycle.place(graph, record.request().get(), origin, planPins);
        }
        boolean isNew = shown.kind() == Kind.DEPLOY;
        DeployRequest request = new DeployRequest(draft.graph(), record.override(), !isNew, shown.warnings());
        return isNew ? lifecycle.deploy(request, origin, planPins) : lifecycle.update(request, origin, planPins);
    }

    private Optional<PlanRecord> record(GraphId graph, String planId) {
        return plans.find(planId).filter(record -> record.plan().graph().equals(graph));
    }

    private static SmoException stale(String planId, String why) {
        return SmoException.conflict("Plan %s does not hold any more: %s. Make a new plan".formatted(planId, why));
    }

    /** A pin is one cluster: services on several are divided again, which the comparison before has shown to come out the same. */
    private static Map<String, ClusterId> clusters(Placement placement) {
        Map<String, ClusterId> clusters = new TreeMap<>();
        placement.shares().forEach((service, shares) -> {
            if (shares.size() == 1) {
                clusters.put(service, shares.get(0).cluster());
            }
        });
        return clusters;
    }

    private Plan keep(ChangeDraft draft) {
        Plan plan = dryRun.run(draft, ids.next(), Validity.from(clock.instant(), validity));
        ChangeDraft.DraftRequest request = draft.request();
        plans.insert(
                new PlanRecord(plan, request.descriptor(), request.override(), request.placement(), request.basis()));
        return plan;
    }
}
