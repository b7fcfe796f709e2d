// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.placement.solver.ConflictMember.MemberKind;
import eu.nephele.smo.placement.solver.SuggestedChange.DroppedService;
import eu.nephele.smo.placement.solver.SuggestedChange.MoreCapacity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out, for a request that does not fit, what cannot be kept together, and the smallest change with which it fits: a single one, else
 * several, of which none can be left out. Each is tried before it is suggested. Used once.
 */
public final class CounterfactualSearch {

    private static final long MOST_UNITS = 60_000;

    /** For a conflict; if that is too little, it has more members than it needs to. */
    private static final long MOST_UNITS_OF_CONFLICT = 20_000;

    private static final int MOST_CHANGES = 8;

    private final PlacementRequest request;
    private final WorkBudget work;

    /** @param work what is left of it limits the search */
    public CounterfactualSearch(PlacementRequest request, WorkBudget work) {
        this.request = request;
        this.work = work;
    }

    /** Returns what was found in time; empty if that is nothing, or if the request fits. */
    public Optional<Counterfactual> find() {
        WorkBudget part = work.part(MOST_UNITS);
        FitCheck check = new FitCheck(part);
        Optional<Counterfactual> found = Optional.empty();
        if (!check.fits(request) && !check.ended()) {
            WorkBudget first = part.part(MOST_UNITS_OF_CONFLICT);
            Conflict conflict = new ConflictSearch(request, new FitCheck(first)).find();
            part.add(first.units());
            List<SuggestedChange> changes = new ChangeSearch(request, conflict, check)
                    .smallest()
                    .map(List::of)
                    .orElseGet(() -> several(conflict, check));
            found = Optional.of(new Counterfactual(conflict, changes))
                    .filter(any -> !changes.isEmpty() || !check.ended());
        }
        work.add(part.units());
        return found;
    }

    /** Resolves one conflict after the other. */
    private List<SuggestedChange> several(Conflict first, FitCheck check) {
        List<SuggestedChange> changes = new ArrayList<>();
        PlacementRequest changed = request;
        Conflict conflict = first;
        while (!check.fits(changed)) {
            Optional<SuggestedChange> small =
                    changes.size() < MOST_CHANGES ? next(changed, conflict, check) : Optional.empty();
            Optional<SuggestedChange> next = small.isPresent() ? small : largest(conflict);
            if (next.isEmpty() || check.ended()) {
                return List.of();
            }
            changed = next.get().apply(changed);
            add(changes, next.get());
            conflict = new ConflictSearch(changed, check).find();
        }
        reduce(changes, check);
        return changes;
    }

    /** Looks for a change with which the services in conflict fit, else for one that is a step only. */
    private static Optional<SuggestedChange> next(PlacementRequest changed, Conflict conflict, FitCheck check) {
        PlacementRequest concerned = new RequestCopy(changed)
                .services(service -> conflict.members().contains(new ConflictMember(MemberKind.SERVICE, service.id())))
                .build();
        return new ChangeSearch(concerned, conflict, check)
                .smallest()
                .filter(change -> !(change instanceof DroppedService))
                .or(() -> new ChangeSearch(conflict.within(changed), conflict, check).smallest());
    }

    private static Optional<SuggestedChange> largest(Conflict conflict) {
        List<ConflictMember> services = conflict.membersOf(MemberKind.SERVICE);
        return services.isEmpty()
                ? Optional.empty()
                : Optional.of(new DroppedService(
                        services.get(services.size() - 1).names().get(0)));
    }

    /** More of what is on the list already becomes one change. */
    private static void add(List<SuggestedChange> changes, SuggestedChange next) {
        if (next instanceof MoreCapacity more) {
            ClusterId cluster = more.cluster();
            for (int i = 0; i < changes.size(); i++) {
                if (changes.get(i) instanceof MoreCapacity before
                        && before.cluster().equals(cluster)
                        && before.resource().equals(more.resource())) {
                    changes.set(i, new MoreCapacity(cluster, more.resource(), before.amount() + more.amount()));
                    return;
                }
            }
        }
        changes.add(next);
    }

    /** Leaves out what the other changes make needless, and amounts that they make too large. */
    private void reduce(List<SuggestedChange> changes, FitCheck check) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            PlacementRequest others = request;
            for (int other = 0; other < changes.size(); other++) {
                others = other == i ? others : changes.get(other).apply(others);
            }
            if (check.fits(others)) {
                changes.remove(i);
            } else {
                changes.set(i, reduced(changes.get(i), others, check));
            }
        }
    }

    private static SuggestedChange reduced(SuggestedChange change, PlacementRequest others, FitCheck check) {
        if (!(change instanceof MoreCapacity more)) {
            return change;
        }
        LeastCapacity least = new LeastCapacity(others, more.resource(), check);
        return others.clusters().stream()
                .filter(cluster -> cluster.id().equals(more.cluster()))
                .flatMapToLong(cluster -> least.find(cluster, more.amount()).stream())
                .mapToObj(amount -> new MoreCapacity(more.cluster(), more.resource(), amount))
                .findFirst()
                .orElse(more);
    }
}
