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
import eu.nephele.smo.core.engine.graph.Declarations.Pinned;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says what a change would do, and does exactly that: a plan is applied by storing the change with the placement of the plan as a
 * condition.
 */
final class Planner {

    private final PlanStore plans;
    private final Drafts drafts;
    private final Forecast forecast;
    private final Lifecycle lifecycle;
    private final Changes changes;
    private final SortableIds ids;
    private final Duration validity;
    private final Clock clock;

    Planner(
            PlanStore plans,
            Drafts drafts,
            Forecast forecast,
            Lifecycle lifecycle,
            Changes changes,
            Duration validity,
            Clock clock) {
        this.plans = plans;
        this.drafts = drafts;
        this.forecast = forecast;
        this.lifecycle = lifecycle;
        this.changes = changes;
        this.ids = new SortableIds(clock);
        this.validity = validity;
        this.clock = clock;
    }

    Plan plan(DeployRequest request) {
        return keep(drafts.checked(request));
    }

    Plan plan(GraphId graph, PlaceRequest request) {
        return keep(drafts.of(graph, request));
    }

    Optional<Plan> find(GraphId graph, String planId) {
        return record(graph, planId).map(PlanRecord::plan);
    }

    /** Whether that plan only decides anew where services run. */
    boolean isPlacement(GraphId graph, String planId) {
        return record(graph, planId).flatMap(PlanRecord::request).isPresent();
    }

    Change apply(GraphId graph, String planId, RequestOrigin origin) {
        Optional<Change> repeated = changes.repeated(origin);
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
        Draft draft = drafts.again(graph, record);
        Plan now = forecast.of(draft, planId, Validity.from(shown.validity().createdAt(), validity));
        if (!now.feasible()
                || !now.placement().equals(shown.placement())
                || !now.steps().equals(shown.steps())) {
            throw stale(planId, "the world has changed since: it would come out differently now");
        }
        if (!Takeovers.areSame(now.takeovers(), shown.takeovers())) {
            throw stale(planId, "releases of others under its names have changed since");
        }
        Pinned pinned = new Pinned(clusters(shown.placement()), planId, Takeovers.fingerprints(shown.takeovers()));
        if (record.request().isPresent()) {
            return lifecycle.place(graph, record.request().get(), origin, pinned);
        }
        boolean isNew = shown.kind() == Kind.DEPLOY;
        DeployRequest request = new DeployRequest(draft.graph(), record.override(), !isNew, shown.warnings());
        return isNew ? lifecycle.deploy(request, origin, pinned) : lifecycle.update(request, origin, pinned);
    }

    private Optional<PlanRecord> record(GraphId graph, String planId) {
        return plans.find(planId).filter(record -> record.plan().graph().equals(graph));
    }

    private static SmoException stale(String planId, String why) {
        return SmoException.conflict("Plan %s does not hold any more: %s. Make a new plan".formatted(planId, why));
    }

    private static Map<String, ClusterId> clusters(Placement placement) {
        Map<String, ClusterId> clusters = new TreeMap<>();
        placement.shares().keySet().forEach(service -> placement
                .clusterOf(service)
                .ifPresent(cluster -> clusters.put(service, cluster)));
        return clusters;
    }

    private Plan keep(Draft draft) {
        Plan plan = forecast.of(draft, ids.next(), Validity.from(clock.instant(), validity));
        Draft.Request request = draft.request();
        plans.insert(
                new PlanRecord(plan, request.descriptor(), request.override(), request.placement(), request.basis()));
        return plan;
    }
}
