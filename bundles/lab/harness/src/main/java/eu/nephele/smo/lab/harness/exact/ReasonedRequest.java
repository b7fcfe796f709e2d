// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.decision.PlacementRequestView;
import java.util.List;

/** A request that is made for another reason. */
final class ReasonedRequest extends PlacementRequestView {

    private final PlacementRequest request;
    private final DecisionReason reason;

    ReasonedRequest(PlacementRequest request, DecisionReason reason) {
        super(request);
        this.request = request;
        this.reason = reason;
    }

    @Override
    public DecisionReason reason() {
        return reason;
    }

    @Override
    public PlacementRequest withCosts(List<Costs> costs) {
        return new ReasonedRequest(request.withCosts(costs), reason);
    }
}
