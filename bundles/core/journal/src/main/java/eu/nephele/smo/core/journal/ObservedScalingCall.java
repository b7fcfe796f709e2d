// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.decision.DecisionObserver.ScalingCall;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import java.util.List;
import java.util.Optional;

/** A call of a scaling strategy as it was shown. Its inputs are written once, however many graphs share it. */
final class ObservedScalingCall {

    private final ScalingCall call;
    private Optional<Snapshot> alone = Optional.empty();

    ObservedScalingCall(ScalingCall call) {
        this.call = call;
    }

    ScalingCall call() {
        return call;
    }

    static Snapshot together(List<ObservedScalingCall> calls) {
        return calls.size() == 1 ? calls.get(0).alone() : written(calls);
    }

    private synchronized Snapshot alone() {
        Snapshot snapshot = alone.orElseGet(() -> written(List.of(this)));
        alone = Optional.of(snapshot);
        return snapshot;
    }

    private static Snapshot written(List<ObservedScalingCall> calls) {
        return InputDigests.snapshot(new JsonFieldWriter()
                .put("calls", JsonFieldWriter.array(calls, ObservedScalingCall::json))
                .object());
    }

    private static JsonObject json(ObservedScalingCall shown) {
        return ScalingSnapshots.json(shown.call.request(), shown.call.seed());
    }
}
