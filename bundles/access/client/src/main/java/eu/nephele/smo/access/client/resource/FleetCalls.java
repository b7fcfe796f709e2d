// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.model.SmoFleetPlan;
import java.util.Optional;

/** Plans that place many graphs again together. */
public final class FleetCalls {

    private static final String PATH = CallFactory.nativePath("fleet", "plans");

    private final CallFactory calls;

    public FleetCalls(CallFactory calls) {
        this.calls = calls;
    }

    /** A plan as a body of the contract asks for it; it changes nothing. */
    public SmoCall<SmoFleetPlan> plan(JsonNode question) {
        return calls.change("POST", PATH, Optional.of(RequestBody.json(question.toString())))
                .within(CallFactory.LONGEST_ANSWER)
                .as(SmoFleetPlan::from);
    }

    public SmoCall<SmoFleetPlan> get(String plan) {
        return calls.get(path(plan)).as(SmoFleetPlan::from);
    }

    public SmoCall<SmoFleetPlan> apply(String plan) {
        return calls.change("POST", path(plan) + "/apply", Optional.empty()).as(SmoFleetPlan::from);
    }

    public SmoCall<JsonNode> forget(String plan) {
        return calls.remove(path(plan));
    }

    private static String path(String plan) {
        return CallFactory.nativePath("fleet", "plans", plan);
    }
}
