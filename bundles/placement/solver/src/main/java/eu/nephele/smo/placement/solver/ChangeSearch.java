// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.placement.solver.ConflictMember.MemberKind;
import eu.nephele.smo.placement.solver.SuggestedChange.AllowedCluster;
import eu.nephele.smo.placement.solver.SuggestedChange.DroppedApart;
import eu.nephele.smo.placement.solver.SuggestedChange.DroppedDivision;
import eu.nephele.smo.placement.solver.SuggestedChange.DroppedService;
import eu.nephele.smo.placement.solver.SuggestedChange.DroppedTogether;
import eu.nephele.smo.placement.solver.SuggestedChange.FewerReplicas;
import eu.nephele.smo.placement.solver.SuggestedChange.LongerLatency;
import eu.nephele.smo.placement.solver.SuggestedChange.MoreCapacity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Finds the smallest single change with which a request fits, among those of the members of a conflict: no other one helps. A change is
 * tried with the conflict alone first, which is small. Used once.
 */
final class ChangeSearch {

    private final PlacementRequest request;
    private final Conflict conflict;
    private final PlacementRequest conflicting;
    private final FitCheck check;
    private Optional<SuggestedChange> best = Optional.empty();
    private double effort = Double.POSITIVE_INFINITY;

    ChangeSearch(PlacementRequest request, Conflict conflict, FitCheck check) {
        this.request = request;
        this.conflict = conflict;
        this.conflicting = conflict.within(request);
        this.check = check;
    }

    Optional<SuggestedChange> smallest() {
        conflict.membersOf(MemberKind.CAPACITY).forEach(member -> capacities(name(member)));
        conflict.membersOf(MemberKind.SERVICE).forEach(member -> replicas(service(name(member))));
        conflict.membersOf(MemberKind.LATENCY)
                .forEach(member ->
                        latencies(member.names().get(0), member.names().get(1)));
        conflict.membersOf(MemberKind.ALLOWED_CLUSTERS).forEach(member -> clusters(name(member)));
        conflict.membersOf(MemberKind.APART)
                .forEach(member -> offer(
                        new DroppedApart(member.names().get(0), member.names().get(1))));
        conflict.membersOf(MemberKind.TOGETHER).forEach(member -> offer(new DroppedTogether(member.names())));
        conflict.membersOf(MemberKind.DIVISION).forEach(member -> offer(new DroppedDivision(name(member))));
        conflict.membersOf(MemberKind.SERVICE).forEach(member -> offer(new DroppedService(name(member))));
        return best;
    }

    private static String name(ConflictMember member) {
        return member.names().get(0);
    }

    private PlacementService service(String id) {
        return request.services().stream()
                .filter(service -> service.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void offer(SuggestedChange change) {
        if (change.effort(request) < effort && fits(change)) {
            keep(change);
        }
    }

    /** Takes over a change with which the request was placed, if it is smaller. */
    private void keep(SuggestedChange change) {
        double ofChange = change.effort(request);
        if (ofChange < effort) {
            best = Optional.of(change);
            effort = ofChange;
        }
    }

    private boolean fits(SuggestedChange change) {
        return !check.ended() && check.fits(change.apply(conflicting)) && check.fits(change.apply(request));
    }

    /** Large clusters first: the same amount is a smaller part of theirs. */
    private void capacities(String resource) {
        LeastCapacity least = new LeastCapacity(request, resource, check);
        request.clusters().stream()
                .sorted(Comparator.comparingDouble(cluster -> -MoreCapacity.size(cluster, resource)))
                .forEach(cluster -> capacity(cluster, resource, least));
    }

    private void capacity(ClusterCapacity cluster, String resource, LeastCapacity least) {
        long most = least.most(cluster, effort);
        boolean possible = most > 0
                && !check.ended()
                && check.fits(new MoreCapacity(cluster.id(), resource, most).apply(conflicting));
        if (possible) {
            least.find(cluster, most).ifPresent(amount -> keep(new MoreCapacity(cluster.id(), resource, amount)));
        }
    }

    private void replicas(PlacementService service) {
        int[] fewer = IntStream.range(1, service.replicas())
                .map(given -> service.replicas() - given)
                .filter(replicas -> FewerReplicas.effort(service.replicas(), replicas) < effort)
                .toArray();
        first(fewer.length, i -> new FewerReplicas(service.id(), fewer[i]));
    }

    private void latencies(String from, String to) {
        double[] known = IntStream.range(0, request.clusters().size())
                .boxed()
                .flatMapToDouble(here -> IntStream.range(0, request.clusters().size())
                        .mapToObj(there -> request.latencyMillis(here, there))
                        .flatMapToDouble(OptionalDouble::stream))
                .filter(millis -> new LongerLatency(from, to, OptionalDouble.of(millis)).effort(request) < effort)
                .distinct()
                .sorted()
                .toArray();
        first(known.length, i -> new LongerLatency(from, to, OptionalDouble.of(known[i])));
        offer(new LongerLatency(from, to, OptionalDouble.empty()));
    }

    /** Keeps the first that fits of changes of which each does more than the one before. */
    private void first(int count, IntFunction<SuggestedChange> changes) {
        int low = 0;
        int high = count - 1;
        if (count == 0 || !fits(changes.apply(high))) {
            return;
        }
        while (low < high) {
            int middle = (low + high) / 2;
            if (fits(changes.apply(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        keep(changes.apply(high));
    }

    private void clusters(String service) {
        if (effort <= SuggestedChange.LIMIT_EFFORT || check.ended() || !fitsAnywhere(service)) {
            return;
        }
        List<String> ids = request.services().stream().map(PlacementService::id).toList();
        int row = ids.indexOf(service);
        for (int c = 0; c < request.clusters().size() && !check.ended(); c++) {
            if (!request.allowed(row, c)) {
                offer(new AllowedCluster(service, request.clusters().get(c).id(), request.whyNotAllowed(row, c)));
            }
        }
    }

    /** Returns whether the request fits if the service is allowed on all clusters. */
    private boolean fitsAnywhere(String service) {
        return check.fits(new RequestCopy(request)
                .permit((s, c) -> request.services().get(s).id().equals(service))
                .build());
    }
}
