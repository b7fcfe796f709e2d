// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives scripted answers, and remembers its arguments. */
final class ScriptedTrials implements DecisionTrials {

    final List<TrialSettings> asked = new CopyOnWriteArrayList<>();
    volatile Optional<PlacementResult> placement = Optional.of(Given.placed(Given.C1));
    volatile int replicas = 3;
    volatile boolean crowded;

    @Override
    public PlacementTrial place(PlacementRequest request, TrialSettings trialSettings) {
        asked.add(trialSettings);
        return new PlacementTrial(
                placement,
                placement.isPresent() ? List.of() : List.of(new StrategyFault("x 1.0.0", "exception", "boom")),
                List.of(),
                Duration.ofMillis(9));
    }

    @Override
    public VariantTrials placeVariants(
            PlacementRequest problem, List<PlacementRequest> variants, TrialSettings trialSettings) {
        throw new AssertionError("A shadow places no variants");
    }

    @Override
    public ScalingTrial scale(ScalingRequest request, TrialSettings trialSettings) {
        asked.add(trialSettings);
        return new ScalingTrial(
                Optional.of(new ScalingResult(request.targets().stream()
                        .<ScalingResult.Answer>map(target -> new Replicas(replicas, "told so"))
                        .toList())),
                List.of(),
                Duration.ofMillis(6));
    }

    @Override
    public boolean crowded() {
        return crowded;
    }
}
