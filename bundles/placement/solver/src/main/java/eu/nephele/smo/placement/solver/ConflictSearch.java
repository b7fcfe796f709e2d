// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.placement.solver.ConflictMember.MemberKind;
import eu.nephele.smo.placement.solver.FitCheck.Fit;
import eu.nephele.smo.placement.solver.SuggestedChange.DroppedDivision;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds services and limits of a request that cannot be kept together: each one that can be left out while the rest still does not fit is
 * left out, first many at once, then one after the other (deletion filter).
 */
final class ConflictSearch {

    private final PlacementRequest request;
    private final FitCheck check;
    private List<ConflictMember> kept;
    private boolean minimal;

    /** @param request which does not fit */
    ConflictSearch(PlacementRequest request, FitCheck check) {
        this.request = request;
        this.check = check;
        this.kept = ConflictMember.all(request);
    }

    Conflict find() {
        for (int chunk = Math.max(1, kept.size() / 2); chunk > 1; chunk /= 2) {
            leaveOut(chunk);
        }
        leaveOut(1);
        PlacementRequest conflicting = new Conflict(kept, false).within(request);
        boolean proven = check.check(conflicting).proven();
        List<ConflictMember> members = new ArrayList<>(kept);
        conflicting.services().stream()
                .filter(service -> service.isDivided() && isBetterWhole(conflicting, service.id()))
                .forEach(service -> members.add(new ConflictMember(MemberKind.DIVISION, service.id())));
        return new Conflict(members, minimal && proven);
    }

    private boolean isBetterWhole(PlacementRequest conflicting, String service) {
        return !check.ended() && check.fits(new DroppedDivision(service).apply(conflicting));
    }

    private void leaveOut(int chunk) {
        minimal = true;
        int from = 0;
        while (from < kept.size() && !check.ended()) {
            List<ConflictMember> rest = new ArrayList<>(kept);
            rest.subList(from, Math.min(from + chunk, kept.size())).clear();
            Fit fit = check.check(new Conflict(rest, false).within(request));
            if (fit.exists() || !fit.complete()) {
                minimal &= fit.exists();
                from += chunk;
            } else {
                kept = rest;
            }
        }
        minimal &= !check.ended();
    }
}
