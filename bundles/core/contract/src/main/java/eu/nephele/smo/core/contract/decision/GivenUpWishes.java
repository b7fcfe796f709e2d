// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementWish;
import java.util.List;

/** Wishes of intents that a placement does not fulfil. */
public final class GivenUpWishes {

    private GivenUpWishes() {}

    /** @return one sentence each, without a full stop */
    public static List<String> list(PlacementRequest request, Placement placement) {
        return request.services().stream()
                .flatMap(service -> list(request, placement, service.id()).stream())
                .toList();
    }

    /** The same, of one service. */
    public static List<String> list(PlacementRequest request, Placement placement, String service) {
        return request.wishes().stream()
                .filter(wish -> request.services().get(wish.service()).id().equals(service))
                .flatMap(wish -> placement.clustersOf(service).stream()
                        .filter(cluster -> isAgainst(request, wish, cluster))
                        .findFirst()
                        .map(cluster -> "given up: %s; %s is on %s".formatted(wish.why(), service, cluster.name()))
                        .stream())
                .toList();
    }

    private static boolean isAgainst(PlacementRequest request, PlacementWish wish, ClusterId cluster) {
        return wish.against().stream()
                .anyMatch(column -> request.clusters().get(column).id().equals(cluster));
    }
}
