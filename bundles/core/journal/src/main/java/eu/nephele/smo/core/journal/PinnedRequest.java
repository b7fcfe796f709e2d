// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.decision.PlacementRequestView;
import java.util.List;

/** A problem with one service on a given cluster: all others are forbidden for it. An explanation has one for each cluster. */
final class PinnedRequest extends PlacementRequestView {

    private static final String ELSEWHERE = "asked for on another cluster";

    private final PlacementRequest request;
    private final int pinned;
    private final int column;

    /**
     * @param pinned row of the service
     * @param column of the cluster, of which the problem itself says whether it is allowed
     */
    PinnedRequest(PlacementRequest request, int pinned, int column) {
        super(request);
        this.request = request;
        this.pinned = pinned;
        this.column = column;
    }

    @Override
    public boolean allowed(int service, int cluster) {
        return request.allowed(service, cluster) && (service != pinned || cluster == column);
    }

    @Override
    public String whyNotAllowed(int service, int cluster) {
        String why = request.whyNotAllowed(service, cluster);
        return why.isEmpty() && service == pinned && cluster != column ? ELSEWHERE : why;
    }

    @Override
    public PlacementRequest withCosts(List<Costs> costs) {
        return new PinnedRequest(request.withCosts(costs), pinned, column);
    }
}
