// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import dev.failsafe.CircuitBreaker;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.core.contract.outside.CircuitState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Lets calls into a system while it answers; leaves it alone for a while when it does not. */
final class SystemCircuitBreaker {

    private static final Duration WHILE_PROBING = Duration.ofSeconds(1);

    private static final int LONGEST_FAILURE = 300;

    private final String system;
    private final Clock clock;
    private final Runnable onChange;
    private CircuitLimits limits;
    private volatile CircuitBreaker<Object> breaker;
    private volatile Instant since;
    private volatile Optional<Instant> shutSince = Optional.empty();
    private volatile Optional<String> lastFailure = Optional.empty();
    private volatile Optional<Instant> lastSuccess = Optional.empty();

    /** @param onChange after the access changed, on the thread of the call that changed it */
    SystemCircuitBreaker(String system, CircuitLimits limits, Clock clock, Runnable onChange) {
        this.system = system;
        this.clock = clock;
        this.onChange = onChange;
        this.limits = limits;
        this.since = clock.instant();
        this.breaker = breaker(limits);
    }

    /** One permitted call; it ends with exactly one of these. */
    final class Permit {

        private final CircuitBreaker<Object> asked;

        private Permit(CircuitBreaker<Object> asked) {
            this.asked = asked;
        }

        void answered() {
            lastSuccess = Optional.of(clock.instant());
            asked.recordSuccess();
        }

        void failed(String message) {
            fail(asked, message);
        }

        /** The call ended without an outcome: that says nothing of the system, but a probe has to end somehow. */
        void abandoned() {
            if (asked.isHalfOpen()) {
                asked.recordFailure();
            }
        }

        /** Another system failed in the call. That says nothing of this one: after a probe the next call is one. */
        void unrelated() {
            if (asked.isHalfOpen()) {
                probeAgain(asked);
            }
        }
    }

    String system() {
        return system;
    }

    /** A call that had answered well at first has failed after all. */
    void failedLater(String message) {
        fail(breaker, message);
    }

    /** @throws TerminalFailure while the system is left alone */
    void refuseWhileShut() {
        CircuitBreaker<Object> now = breaker;
        if (now.isOpen() && now.getRemainingDelay().compareTo(Duration.ZERO) > 0) {
            throw shut(now);
        }
    }

    /** @throws TerminalFailure while the circuit is open, or another call probes the system */
    Permit enter() {
        CircuitBreaker<Object> now = breaker;
        if (!now.tryAcquirePermit()) {
            throw shut(now);
        }
        return new Permit(now);
    }

    /** Changes the limits; the counts restart, but an open circuit stays open, for the new time. */
    synchronized void change(CircuitLimits wanted) {
        if (wanted.equals(limits)) {
            return;
        }
        limits = wanted;
        CircuitBreaker<Object> next = breaker(wanted);
        if (!breaker.isClosed()) {
            next.open();
        }
        breaker = next;
    }

    /** A half-open breaker gives back a permit only with an outcome. */
    private synchronized void probeAgain(CircuitBreaker<Object> asked) {
        if (breaker == asked) {
            CircuitBreaker<Object> next = breaker(limits);
            next.halfOpen();
            breaker = next;
        }
    }

    CircuitState access() {
        return switch (breaker.getState()) {
            case CLOSED -> CircuitState.CLOSED;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
            case OPEN -> CircuitState.OPEN;
        };
    }

    Instant since() {
        return since;
    }

    Optional<Duration> retryAfter() {
        CircuitBreaker<Object> now = breaker;
        return now.isOpen() ? Optional.of(now.getRemainingDelay()) : Optional.empty();
    }

    Optional<String> lastFailure() {
        return lastFailure;
    }

    Optional<Instant> lastSuccess() {
        return lastSuccess;
    }

    private void fail(CircuitBreaker<Object> asked, String message) {
        lastFailure = Optional.of(
                message.length() > LONGEST_FAILURE ? message.substring(0, LONGEST_FAILURE) + " …" : message);
        asked.recordFailure();
    }

    private CircuitBreaker<Object> breaker(CircuitLimits limits) {
        return CircuitBreaker.builder()
                .withFailureThreshold(limits.failures(), limits.of())
                .withSuccessThreshold(1)
                .withDelay(limits.open())
                .onOpen(changed -> {
                    Instant now = clock.instant();
                    since = now;
                    shutSince = Optional.of(shutSince.orElse(now));
                    onChange.run();
                })
                .onHalfOpen(changed -> {
                    since = clock.instant();
                    onChange.run();
                })
                .onClose(changed -> {
                    since = clock.instant();
                    shutSince = Optional.empty();
                    onChange.run();
                })
                .build();
    }

    private TerminalFailure shut(CircuitBreaker<Object> now) {
        boolean probing = now.isHalfOpen();
        Duration wait = probing ? WHILE_PROBING : now.getRemainingDelay();
        String message = "%s is not called: it has failed since %s, last with: %s. %s"
                .formatted(
                        system,
                        shutSince.orElse(since).truncatedTo(ChronoUnit.SECONDS),
                        lastFailure.orElse("no message"),
                        probing
                                ? "A probe call is under way"
                                : "The next call is made in %d s".formatted(1 + wait.toSeconds()));
        return new TerminalFailure(
                TerminalFailure.Why.SHUT, new AdapterException(Kind.UNAVAILABLE, system, message, Optional.of(wait)));
    }
}
