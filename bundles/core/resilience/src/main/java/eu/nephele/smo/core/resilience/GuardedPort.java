// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import dev.failsafe.function.CheckedSupplier;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.core.contract.view.CallInterceptor;
import eu.nephele.smo.core.contract.view.InterceptedCall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class GuardedPort implements CallInterceptor {

    private final PortRules rules;
    private final Object adapter;
    private final SystemGuard guard;
    private final DepartedAdapters departed;
    private final GuardMetrics guardMetrics;
    private final StaleAnswerCache staleAnswerCache;
    private final OutboundGate outboundGate;

    GuardedPort(
            PortRules rules,
            Object adapter,
            SystemGuard guard,
            DepartedAdapters departed,
            GuardMetrics guardMetrics,
            StaleAnswerCache staleAnswerCache,
            OutboundGate outboundGate) {
        this.rules = rules;
        this.adapter = adapter;
        this.guard = guard;
        this.departed = departed;
        this.guardMetrics = guardMetrics;
        this.staleAnswerCache = staleAnswerCache;
        this.outboundGate = outboundGate;
    }

    @Override
    public @Nullable Object intercept(InterceptedCall call) throws Throwable {
        GuardedOperation operation = rules.operation(call.method());
        CheckedSupplier<Object> attempt = () -> askWhoStays(operation, call);
        return switch (operation.rule()) {
            case THROUGH -> call.on(adapter);
            case REPEATABLE, ONCE -> guard.call(operation, attempt);
            case STALE -> freshOrStale(operation, attempt);
            case STAGE -> guard.stage(operation, attempt);
        };
    }

    private @Nullable Object freshOrStale(GuardedOperation operation, CheckedSupplier<Object> attempt) {
        try {
            Object answer = guard.call(operation, attempt);
            if (answer != null) {
                staleAnswerCache.keep(operation, answer);
            }
            return answer;
        } catch (AdapterException e) {
            Optional<Object> known = FailsafePolicies.mayPass(e)
                    ? staleAnswerCache.instead(
                            e, guard.name(), operation, guard.limits().stale())
                    : Optional.empty();
            if (known.isEmpty()) {
                throw e;
            }
            guardMetrics.stale(guard.name(), operation);
            return known.get();
        }
    }

    /** An adapter that leaves meanwhile loses what it stands on: neither its failure nor its answer can be believed. */
    private @Nullable Object askWhoStays(GuardedOperation operation, InterceptedCall call) throws Throwable {
        if (departed.includes(adapter)) {
            throw guard.left(operation);
        }
        // as late as possible: a call may have waited for its permit
        if (!outboundGate.isOpen(operation)) {
            throw guard.standsBy(operation);
        }
        Object answer;
        try {
            answer = call.on(adapter);
        } catch (Exception | LinkageError failed) {
            if (departed.includes(adapter)) {
                TerminalFailure left = guard.left(operation);
                left.answer().addSuppressed(failed);
                throw left;
            }
            throw failed;
        }
        if (operation.rule().repeatable() && departed.includes(adapter)) {
            throw guard.left(operation);
        }
        return answer;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GuardedPort view && view.adapter == adapter && view.guard == guard;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(adapter);
    }

    @Override
    public String toString() {
        return "%s of %s behind its guard: %s".formatted(rules.port().getSimpleName(), guard.name(), adapter);
    }
}
