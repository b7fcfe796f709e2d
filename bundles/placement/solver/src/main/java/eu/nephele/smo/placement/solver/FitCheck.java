// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.List;
import java.util.Optional;

/** Tells whether a request fits, whatever that costs. Each answer that it does comes with a placement. */
final class FitCheck {

    /** Beside one for each item, which a search takes that never goes back. */
    private static final long NODES = 500;

    /** Reading so many pairs of item and cluster takes as long as a node. */
    private static final int PAIRS_PER_UNIT = 20;

    private final WorkBudget work;

    FitCheck(WorkBudget work) {
        this.work = work;
    }

    /**
     * @param placement empty if none is found
     * @param complete whether the search was not cut short
     * @param proven whether none exists; with divided replicas not all divisions are tried
     */
    record Fit(Optional<Placement> placement, boolean complete, boolean proven) {

        boolean exists() {
            return placement.isPresent();
        }
    }

    Fit check(PlacementRequest request) {
        RequestReader inProportion = new RequestReader(request, false);
        Fit first = check(request, inProportion);
        if (first.exists() || request.services().stream().noneMatch(PlacementService::isDivided)) {
            return first;
        }
        RequestReader asItFits = new RequestReader(request, true);
        boolean complete = first.complete();
        Optional<Placement> placement = Optional.empty();
        if (!asItFits.items().equals(inProportion.items())) {
            Fit second = check(request, asItFits);
            complete &= second.complete();
            placement = second.placement();
        }
        return new Fit(placement, complete, false);
    }

    private Fit check(PlacementRequest request, RequestReader reader) {
        List<RequestItem> items = reader.items();
        long pairs = (long) items.size() * request.clusters().size();
        if (!work.spend(1 + pairs / PAIRS_PER_UNIT)) {
            return new Fit(Optional.empty(), false, false);
        }
        FitSearch search = new FitSearch(reader.readLimits(), work, NODES + items.size());
        Optional<Placement> placement = search.find().map(at -> RequestProblem.placement(request, items, at));
        return new Fit(placement, search.isComplete(), placement.isEmpty() && search.isComplete());
    }

    boolean fits(PlacementRequest request) {
        return check(request).exists();
    }

    boolean ended() {
        return work.ended();
    }
}
