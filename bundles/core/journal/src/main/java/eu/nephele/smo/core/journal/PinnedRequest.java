// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A problem with one service on a given cluster: all others are forbidden for it. */
final class PinnedRequest {

    private static final String ELSEWHERE = "asked for on another cluster";

    private PinnedRequest() {}

    /** @return without costs */
    static PlacementRequest create(PlacementRequest request, int service, int cluster) {
        PlacementRequestBuilder pinned = new PlacementRequestBuilder(
                        request.graph(), request.reason(), request.services(), request.clusters())
                .latencies(request.latencies())
                .current(current(request));
        request.unavailable().forEach(pinned::unavailable);
        request.links().forEach(pinned::link);
        request.preferences().forEach(pinned::preference);
        request.together().forEach(pinned::together);
        request.apart().forEach(pair -> pinned.apart(pair.get(0), pair.get(1)));
        for (int s = 0; s < request.services().size(); s++) {
            for (int c = 0; c < request.clusters().size(); c++) {
                if (!request.allowed(s, c)) {
                    pinned.forbid(s, c, request.whyNotAllowed(s, c));
                } else if (s == service && c != cluster) {
                    pinned.forbid(s, c, ELSEWHERE);
                }
            }
        }
        return pinned.build();
    }

    private static Placement current(PlacementRequest request) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        List<PlacementService> services = request.services();
        for (int s = 0; s < services.size(); s++) {
            int row = s;
            shares.put(
                    services.get(s).id(),
                    IntStream.range(0, request.clusters().size())
                            .filter(c -> request.currentReplicas(row, c) > 0)
                            .mapToObj(c -> new Share(request.clusters().get(c).id(), request.currentReplicas(row, c)))
                            .toList());
        }
        return new Placement(shares);
    }
}
