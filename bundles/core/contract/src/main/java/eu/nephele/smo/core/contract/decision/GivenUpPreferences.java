// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementPreference;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.List;

/** Preferences of intents that a placement does not fulfil. */
public final class GivenUpPreferences {

    private GivenUpPreferences() {}

    /** @return one sentence each, without a full stop */
    public static List<String> list(PlacementRequest request, Placement placement) {
        return request.services().stream()
                .flatMap(service -> list(request, placement, service.id()).stream())
                .toList();
    }

    /** The same, of one service. */
    public static List<String> list(PlacementRequest request, Placement placement, String service) {
        return request.preferences().stream()
                .filter(preference ->
                        request.services().get(preference.service()).id().equals(service))
                .flatMap(preference -> placement.clustersOf(service).stream()
                        .filter(cluster -> isAgainst(request, preference, cluster))
                        .findFirst()
                        .map(cluster ->
                                "given up: %s; %s is on %s".formatted(preference.why(), service, cluster.name()))
                        .stream())
                .toList();
    }

    private static boolean isAgainst(PlacementRequest request, PlacementPreference preference, ClusterId cluster) {
        return preference.against().stream()
                .anyMatch(column -> request.clusters().get(column).id().equals(cluster));
    }
}
