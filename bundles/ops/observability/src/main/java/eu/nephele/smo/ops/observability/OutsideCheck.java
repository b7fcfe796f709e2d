// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.outside.CircuitState;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import eu.nephele.smo.core.contract.outside.SystemState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Only warns: work that needs an unavailable outside system waits, everything else continues. */
final class OutsideCheck {

    private static final String NAME = "outside";

    private OutsideCheck() {}

    static Readiness.ReadinessCheck run(OutsideGuard guard) {
        List<SystemState> systems = guard.systems();
        if (systems.isEmpty()) {
            return new Readiness.ReadinessCheck(NAME, true, "no outside system is used");
        }
        boolean all = systems.stream().allMatch(system -> system.access() == CircuitState.CLOSED);
        String each = systems.stream().map(OutsideCheck::words).collect(Collectors.joining("; "));
        return new Readiness.ReadinessCheck(NAME, true, all ? each : Readiness.ReadinessCheck.WARNING + each);
    }

    private static String words(SystemState system) {
        String base = "%s %s since %s"
                .formatted(
                        system.system(), word(system.access()), system.since().truncatedTo(ChronoUnit.SECONDS));
        if (system.access() == CircuitState.CLOSED) {
            return base;
        }
        return base
                + system.retryAfter()
                        .map(wait -> ", tried again "
                                + (wait.compareTo(Duration.ZERO) > 0
                                        ? "in %d s".formatted(wait.toSeconds() + 1)
                                        : "by the next call"))
                        .orElse("")
                + system.lastFailure()
                        .map(failure -> ", last failure: " + failure)
                        .orElse("");
    }

    /** Translates circuit states, because "open" is misleading to people who do not know circuit breakers. */
    private static String word(CircuitState circuitState) {
        return switch (circuitState) {
            case CLOSED -> "available";
            case HALF_OPEN -> "being probed";
            case OPEN -> "unavailable";
        };
    }
}
