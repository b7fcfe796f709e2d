// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;

/**
 * Places where the fewest replicas of the same service are, and there is room; among equals where the weight of its division is larger,
 * then on the first cluster by name. Whatever is there stays as far as it may: a service that is whole where it is, the replicas of a divided one each for itself.
 */
public final class FewestReplicasRule {

    /** Places by this rule; a request that it cannot place is placed where most capacity stays free. */
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        EvenShares shares = new EvenShares(request);
        PlacementResult evenly =
                RequestProblem.solve(shares.request(), read -> new PlaceInOrder(read, request, shares).place(context));
        return evenly instanceof Placed placed
                        && Feasibility.violations(request, placed.placement()).isEmpty()
                ? placed
                : FreeShareRule.MOST.place(request, context);
    }

    /**
     * Items in the order of the descriptor.
     *
     * @param original the request of the caller, with its divisions
     */
    private record PlaceInOrder(RequestProblem read, PlacementRequest original, EvenShares shares)
            implements PlacementRule {

        /** More than there are replicas. */
        private static final long ALL = 1L << 32;

        PlacementResult place(DecisionContext context) {
            PlacementObstacles obstacles = new PlacementObstacles(read);
            return new RuleSearch(read, this, context)
                    .inOrder(
                            read.asWritten(),
                            (placed, item, chosen, other) -> isShare(item)
                                    ? share(item, chosen, other)
                                    : whole(obstacles.obstacle(placed, item, other), item, chosen));
        }

        /** Shares have their clusters already, but for one that is all of a service. */
        @Override
        public long score(RuleProgress placed, int item, int cluster) {
            long alone = read.services(item).stream()
                    .filter(service ->
                            shares.isAlone(original.services().get(service).id(), cluster))
                    .count();
            return -present(item, cluster) - alone * ALL;
        }

        @Override
        public long scoreAmongEquals(RuleProgress placed, int item, int cluster) {
            return 0;
        }

        private int present(int item, int cluster) {
            return read.services(item).stream()
                    .mapToInt(service -> original.currentReplicas(service, cluster))
                    .sum();
        }

        private boolean isShare(int item) {
            return original.services().get(read.services(item).get(0)).isDivided();
        }

        private String whole(String obstacle, int item, int chosen) {
            if (!obstacle.isEmpty()) {
                return obstacle;
            }
            return present(item, chosen) > 0
                    ? "it is on %s".formatted(name(chosen))
                    : name(chosen) + " comes first by name";
        }

        private String share(int item, int chosen, int other) {
            int s = read.services(item).get(0);
            if (!original.allowed(s, other)) {
                return original.whyNotAllowed(s, other);
            }
            PlacementService service = original.services().get(s);
            Resources free = original.clusters().get(other).free();
            String shortage = service.perReplica().shortage(free);
            return shortage.isEmpty()
                    ? "its replicas go one by one where the fewest of them are: %d on %s"
                            .formatted(read.items().get(item).replicas(service.replicas()), name(chosen))
                    : shortage;
        }

        private String name(int cluster) {
            return original.clusters().get(cluster).id().name();
        }
    }
}
