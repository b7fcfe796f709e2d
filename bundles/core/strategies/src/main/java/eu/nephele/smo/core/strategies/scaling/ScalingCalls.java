// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.api.scaling.ScalingWrapper.Prepared;
import eu.nephele.smo.core.strategies.guard.BoundStrategyContext;
import eu.nephele.smo.core.strategies.guard.GuardedCalls;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.parameters.ParameterBinder.Binding;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.selection.DecisionSeeds;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Calls scaling strategies with one problem and checks what they answer.
 *
 * @param workUnits work budget, in a replay
 * @param wrappers for strategies that build on others
 * @param depth number of wrappers whose preparation the problem is
 */
record ScalingCalls(
        GuardedCalls guardedCalls,
        ScalingRequest request,
        Instant now,
        long seed,
        OptionalLong workUnits,
        long budgetMillis,
        WrapperCalls wrappers,
        int depth) {
    /** Schedule over forecast over base is the usual depth; one more is for partners. */
    static final int MOST_WRAPPERS = 3;

    GuardedResult<ScalingResult> call(RegisteredService registeredService, EffectiveSelection selection) {
        Binding binding = registeredService.description().parameters().bind(selection.parameters(), "/parameters");
        Optional<Record> parameters = binding.value();
        if (parameters.isEmpty()) {
            return new GuardedResult.Faulted<>(
                    "incapable", "rejects its parameters: " + binding.violations(), Optional.empty());
        }
        return registeredService.description().wraps()
                ? wrappers.decided(this, prepare(registeredService, parameters.get()), selection)
                : scale(registeredService, parameters.get());
    }

    private GuardedResult<Prepared> prepare(RegisteredService registeredService, Record parameters) {
        return guardedCalls.call(registeredService, budgetMillis, deadline -> registeredService
                .service(ScalingWrapper.class)
                .prepare(request, new BoundStrategyContext(now, seed, deadline, workUnits, parameters)));
    }

    private GuardedResult<ScalingResult> scale(RegisteredService registeredService, Record parameters) {
        GuardedResult<ScalingResult> guardedResult =
                guardedCalls.call(registeredService, budgetMillis, deadline -> registeredService
                        .service(ScalingStrategy.class)
                        .scale(request, new BoundStrategyContext(now, seed, deadline, workUnits, parameters)));
        if (guardedResult instanceof GuardedResult.Answered<ScalingResult> answered) {
            Optional<String> flaw = ScalingCheck.flaw(request, answered.answer());
            if (flaw.isPresent()) {
                return new GuardedResult.Faulted<>("invalid_answer", flaw.get(), Optional.empty());
            }
        }
        return guardedResult;
    }

    /** The calls of a base strategy. */
    ScalingCalls onceMore(ScalingRequest prepared) {
        return new ScalingCalls(guardedCalls, prepared, now, seed, workUnits, budgetMillis, wrappers, depth + 1);
    }

    boolean tooDeep() {
        return depth > MOST_WRAPPERS;
    }

    static long seedOf(ScalingRequest request) {
        return DecisionSeeds.compute(
                request.targets().stream().map(ScalingCalls::name).collect(Collectors.joining(",")));
    }

    private static String name(ScalingTarget target) {
        return target.graph() + "/" + target.service() + "@" + target.cluster();
    }
}
