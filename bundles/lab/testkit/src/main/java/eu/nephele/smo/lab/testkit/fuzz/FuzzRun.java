// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit.fuzz;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Runs a {@link FuzzTarget}: with as many inputs as {@code -Dsmo.fuzz.cases} says and from the seed {@code -Dsmo.fuzz.seed},
 * each input within the limits of {@link BoundedTry}; what it has cost is a line of JSON in {@code target/fuzz}.
 */
public final class FuzzRun implements AroundPropertyHook, AroundTryHook {

    private static final String CASES = "smo.fuzz.cases";
    private static final String SEED = "smo.fuzz.seed";

    /** jqwik has one hook for all properties, and runs these one after the other. */
    private volatile FuzzCost cost = new FuzzCost();

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Optional.ofNullable(System.getProperty(CASES))
                .ifPresent(cases -> context.attributes().setTries(Integer.valueOf(cases)));
        Optional.ofNullable(System.getProperty(SEED))
                .ifPresent(seed -> context.attributes().setSeed(seed));
        // The inputs of a build do not depend on what an earlier run has found.
        context.attributes().setAfterFailure(AfterFailureMode.RANDOM_SEED);
        cost = new FuzzCost();
        PropertyExecutionResult result = property.execute();
        cost.write(
                context.containerClass().getSimpleName() + "."
                        + context.targetMethod().getName(),
                result);
        return result;
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor executor, List<Object> parameters) {
        if (cost.hung()) {
            // A smaller input is not looked for, since each one may leave another thread that never ends.
            return TryExecutionResult.satisfied();
        }
        return new BoundedTry(cost).run(() -> executor.execute(parameters));
    }
}
