// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The words for the ways a call ends that are not the adapter's. */
final class FailureMessages {

    private static final Logger LOG = LoggerFactory.getLogger(FailureMessages.class);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final String system;
    private final Set<String> faultsTold = ConcurrentHashMap.newKeySet();

    FailureMessages(String system) {
        this.system = system;
    }

    TerminalFailure full(GuardLimits limits) {
        return new TerminalFailure(
                TerminalFailure.Why.FULL,
                new AdapterException(
                        Kind.UNAVAILABLE,
                        system,
                        "%1$s is not called: all its permits were in use for %2$d ms (maxConcurrent=%3$d). Try again"
                                .formatted(system, limits.maxWait().toMillis(), limits.maxConcurrent()),
                        Optional.of(SOON)));
    }

    AdapterException late(GuardedOperation operation, GuardLimits limits) {
        return new AdapterException(
                Kind.TIMED_OUT,
                system,
                "%s did not answer %s within %d ms; the operation may have taken effect"
                        .formatted(system, operation.name(), limits.timeout().toMillis()));
    }

    TerminalFailure left(GuardedOperation operation) {
        return new TerminalFailure(
                TerminalFailure.Why.LEFT,
                new AdapterException(
                        Kind.UNAVAILABLE,
                        system,
                        "The adapter of %s was stopped or replaced during %s. Try again when it is back"
                                .formatted(system, operation.name()),
                        Optional.of(SOON)));
    }

    TerminalFailure standsBy(GuardedOperation operation) {
        return new TerminalFailure(
                TerminalFailure.Why.STANDBY,
                new AdapterException(
                        Kind.UNAVAILABLE,
                        system,
                        "%s is not called for %s: this server does not own its database now, another server may"
                                .formatted(system, operation.name()),
                        Optional.of(SOON)));
    }

    /** The thread keeps its flag. */
    TerminalFailure interrupted(GuardedOperation operation, Throwable cause) {
        Thread.currentThread().interrupt();
        return new TerminalFailure(
                TerminalFailure.Why.INTERRUPTED,
                new AdapterException(
                        Kind.UNAVAILABLE,
                        system,
                        "%s was interrupted: its caller ends. Try again".formatted(operation.name()),
                        cause));
    }

    /** The adapter broke its contract; the same fault of the same operation is logged with its trace once. */
    TerminalFailure fault(GuardedOperation operation, Throwable cause) {
        if (faultsTold.add(operation.name() + " " + cause.getClass().getName())) {
            LOG.error("adapter fault system={} operation={}; logged once", system, operation.name(), cause);
        }
        return new TerminalFailure(
                TerminalFailure.Why.FAULT,
                new AdapterException(
                        Kind.UNAVAILABLE,
                        system,
                        "%s failed because of a fault in the adapter of %s: %s. See the log and report it"
                                .formatted(operation.name(), system, cause),
                        cause));
    }
}
