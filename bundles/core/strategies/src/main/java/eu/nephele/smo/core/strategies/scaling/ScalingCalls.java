// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.strategies.guard.Attempt;
import eu.nephele.smo.core.strategies.guard.CallContext;
import eu.nephele.smo.core.strategies.guard.Lane;
import eu.nephele.smo.core.strategies.parameters.ParameterBinder.Binding;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.selection.Seeds;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Calls scaling strategies with one problem and checks what they answer.
 *
 * @param now what the strategy takes for the present
 * @param workUnits work budget, in a replay
 */
record ScalingCalls(
        Lane lane, ScalingRequest request, Instant now, long seed, OptionalLong workUnits, long budgetMillis) {
    Attempt<ScalingResult> call(Offer offer, EffectiveSelection selection) {
        Binding binding = offer.description().parameters().bind(selection.parameters(), "/parameters");
        Optional<Record> parameters = binding.value();
        if (parameters.isEmpty()) {
            return new Attempt.Failed<>(
                    "incapable", "does not take its parameters: " + binding.violations(), Optional.empty());
        }
        Attempt<ScalingResult> attempt = lane.call(offer, budgetMillis, deadline -> offer.service(ScalingStrategy.class)
                .scale(request, new CallContext(now, seed, deadline, workUnits, parameters.get())));
        if (attempt instanceof Attempt.Answered<ScalingResult> answered) {
            Optional<String> flaw = ScalingCheck.flaw(request, answered.answer());
            if (flaw.isPresent()) {
                return new Attempt.Failed<>("invalid_answer", flaw.get(), Optional.empty());
            }
        }
        return attempt;
    }

    /** The seed of a live call: made of what is decided on. */
    static long seedOf(ScalingRequest request) {
        return Seeds.of(request.targets().stream().map(ScalingCalls::name).collect(Collectors.joining(",")));
    }

    private static String name(ScalingTarget target) {
        return target.graph() + "/" + target.service() + "@" + target.cluster();
    }
}
