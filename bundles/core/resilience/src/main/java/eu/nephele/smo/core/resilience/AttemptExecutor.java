// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import dev.failsafe.TimeoutExceededException;
import dev.failsafe.function.CheckedSupplier;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.core.resilience.Circuit.Pass;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt: a seat, then the circuit, then the adapter against the time-out. */
final class Attempts {

    private final Seats seats;
    private final Circuit circuit;
    private final Endings endings;
    private final Supplier<Policies> policies;

    /** @param policies as they are now */
    Attempts(Seats seats, Circuit circuit, Endings endings, Supplier<Policies> policies) {
        this.seats = seats;
        this.circuit = circuit;
        this.endings = endings;
        this.policies = policies;
    }

    /** @throws Settled the system is left alone, or there was no seat in time */
    void takeSeat(Operation operation) {
        circuit.refuseWhileShut();
        Limits limits = policies.get().limits();
        try {
            if (!seats.take(limits.maxWait())) {
                throw endings.full(limits);
            }
        } catch (InterruptedException e) {
            throw endings.interrupted(operation, e);
        }
    }

    void leaveSeat() {
        seats.leave();
    }

    /** From a seat. Fails with {@link AdapterException}, {@link Settled}, or an error that is nobody's answer. */
    @Nullable
    Object from(Operation operation, CheckedSupplier<Object> adapter) {
        Policies now = policies.get();
        Pass pass = circuit.enter();
        try {
            Object answer = now.timing().get(adapter);
            pass.answered();
            return answer;
        } catch (TimeoutExceededException e) {
            throw counted(pass, endings.late(operation, now.limits()));
        } catch (Settled left) {
            pass.abandoned();
            throw left;
        } catch (AdapterException e) {
            throw counted(pass, e);
        } catch (RuntimeException | LinkageError e) {
            throw unexpected(pass, operation, e);
        } catch (Error e) {
            pass.failed(String.valueOf(e));
            throw e;
        }
    }

    /** A stage that began well has failed: the circuit hears of it beside what it was told then. */
    RuntimeException afterwards(Operation operation, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        RuntimeException told = cause instanceof AdapterException adapter ? adapter : endings.fault(operation, cause);
        if (told instanceof Settled || (isOurs(told) && Policies.mayPass(told))) {
            circuit.failedLater(String.valueOf(told.getMessage()));
        }
        return told;
    }

    /** A chart that cannot be had is a failure of its registry, not of the deployer that needs it for this one call. */
    private boolean isOurs(RuntimeException failure) {
        return failure instanceof AdapterException adapter && adapter.system().equals(circuit.system());
    }

    private AdapterException counted(Pass pass, AdapterException failure) {
        if (Thread.currentThread().isInterrupted()) {
            pass.abandoned();
        } else if (Policies.mayPass(failure) && isOurs(failure)) {
            pass.failed(failure.getMessage());
        } else {
            pass.answered();
        }
        return failure;
    }

    private Settled unexpected(Pass pass, Operation operation, Throwable failure) {
        if (Thread.currentThread().isInterrupted() || failure.getCause() instanceof InterruptedException) {
            pass.abandoned();
            return endings.interrupted(operation, failure);
        }
        Settled fault = endings.fault(operation, failure);
        pass.failed(fault.answer().getMessage());
        return fault;
    }
}
