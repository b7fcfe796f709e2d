// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import dev.failsafe.TimeoutExceededException;
import dev.failsafe.function.CheckedSupplier;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.core.resilience.SystemCircuitBreaker.Permit;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt: a permit of the bulkhead, then the circuit, then the adapter with the time-out. */
final class AttemptExecutor {

    /** Between the name of a system and that of its part. */
    private static final String PART = "/";

    private final Bulkhead bulkhead;
    private final SystemCircuitBreaker circuit;
    private final FailureMessages failureMessages;
    private final Supplier<FailsafePolicies> policies;

    AttemptExecutor(
            Bulkhead bulkhead,
            SystemCircuitBreaker circuit,
            FailureMessages failureMessages,
            Supplier<FailsafePolicies> policies) {
        this.bulkhead = bulkhead;
        this.circuit = circuit;
        this.failureMessages = failureMessages;
        this.policies = policies;
    }

    /** @throws TerminalFailure the circuit is open, or no permit was free in time */
    void takeSeat(GuardedOperation operation) {
        circuit.refuseWhileShut();
        GuardLimits limits = policies.get().limits();
        try {
            if (!bulkhead.take(limits.maxWait())) {
                throw failureMessages.full(limits);
            }
        } catch (InterruptedException e) {
            throw failureMessages.interrupted(operation, e);
        }
    }

    void leaveSeat() {
        bulkhead.leave();
    }

    /**
     * Calls with a permit. Fails with {@link AdapterException}, {@link TerminalFailure}, or an error that is no answer.
     */
    @Nullable
    Object from(GuardedOperation operation, CheckedSupplier<Object> adapter) {
        FailsafePolicies now = policies.get();
        Permit permit = circuit.enter();
        try {
            Object answer = now.timing().get(adapter);
            permit.answered();
            return answer;
        } catch (TimeoutExceededException e) {
            throw counted(permit, failureMessages.late(operation, now.limits()));
        } catch (TerminalFailure left) {
            permit.abandoned();
            throw left;
        } catch (AdapterException e) {
            throw counted(permit, e);
        } catch (RuntimeException | LinkageError e) {
            throw unexpected(permit, operation, e);
        } catch (Error e) {
            permit.failed(String.valueOf(e));
            throw e;
        }
    }

    /** Records the failure of a stage that began well, in addition to the success recorded then. */
    RuntimeException afterwards(GuardedOperation operation, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        RuntimeException told =
                cause instanceof AdapterException adapter ? adapter : failureMessages.fault(operation, cause);
        if (told instanceof TerminalFailure || (isOurs(told) && FailsafePolicies.mayPass(told))) {
            circuit.failedLater(String.valueOf(told.getMessage()));
        }
        return told;
    }

    /** A chart that cannot be had is a failure of its registry, not of the deployer that needs it for this one call. */
    private boolean isOurs(RuntimeException failure) {
        return failure instanceof AdapterException adapter && adapter.system().equals(circuit.system());
    }

    /** One of many servers, say: the adapter says so only while others answer, so that the system does. */
    private boolean isOfAPart(AdapterException failure) {
        return failure.system().startsWith(circuit.system() + PART);
    }

    private AdapterException counted(Permit permit, AdapterException failure) {
        if (Thread.currentThread().isInterrupted()) {
            permit.abandoned();
        } else if (!isOurs(failure) && !isOfAPart(failure)) {
            permit.unrelated();
        } else if (FailsafePolicies.mayPass(failure) && isOurs(failure)) {
            permit.failed(failure.getMessage());
        } else {
            permit.answered();
        }
        return failure;
    }

    private TerminalFailure unexpected(Permit permit, GuardedOperation operation, Throwable failure) {
        if (Thread.currentThread().isInterrupted() || failure.getCause() instanceof InterruptedException) {
            permit.abandoned();
            return failureMessages.interrupted(operation, failure);
        }
        TerminalFailure fault = failureMessages.fault(operation, failure);
        permit.failed(fault.answer().getMessage());
        return fault;
    }
}
