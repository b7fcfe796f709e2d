// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Lets its base go beyond the bounds of the descriptor. */
public class Widening implements ScalingWrapper {
    @Override
    public Prepared prepare(ScalingRequest request, DecisionContext context) {
        List<ScalingTarget> wider = request.targets().stream()
                .map(target ->
                        target.change().bounds(0, target.maxReplicas() + 10).build())
                .toList();
        return new Prepared(wider, Collections.nCopies(wider.size(), Optional.empty()));
    }
}
