// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A scaling decision with everything that explains it.
 *
 * @param answer the answer; replicas were checked against bounds and capacity
 * @param decidedBy the strategy that answered; id {@code keep} when no strategy did
 * @param fallback whether another strategy than the selected one answered
 * @param effective effective values and their sources, as for {@link PlacementOutcome}
 * @param duration duration of the call that decided this target together with others
 */
public record ScalingOutcome(
        ScalingTarget target,
        Answer answer,
        StrategyRef decidedBy,
        boolean fallback,
        List<StrategyFault> faults,
        List<EffectiveValue> effective,
        Instant at,
        Duration duration) {

    public ScalingOutcome {
        faults = List.copyOf(faults);
        effective = List.copyOf(effective);
    }

    /** The same with further values. */
    public ScalingOutcome with(List<EffectiveValue> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<EffectiveValue> all = new ArrayList<>(effective);
        all.addAll(more);
        return new ScalingOutcome(target, answer, decidedBy, fallback, faults, all, at, duration);
    }
}
