// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.health.HealthWarnings;
import java.util.List;
import java.util.stream.Collectors;

/** Warnings of other components; never makes the server unready. */
final class WarningsCheck {

    /** One who has made every mistake shall still be able to read the rest. */
    private static final int MOST = 20;

    private WarningsCheck() {}

    static Readiness.ReadinessCheck run(HealthWarnings source) {
        List<String> warnings = source.warnings();
        String more = warnings.size() > MOST ? "; and %d more".formatted(warnings.size() - MOST) : "";
        return new Readiness.ReadinessCheck(
                source.subject(),
                true,
                warnings.isEmpty()
                        ? "as it is meant"
                        : "WARN: " + warnings.stream().limit(MOST).collect(Collectors.joining("; ")) + more);
    }
}
