// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.health.HealthWarnings;
import java.util.List;
import java.util.stream.Collectors;

/** Warnings of other components; never makes the server unready. */
final class WarningsCheck {

    /** Maximum number of warnings shown, to keep the answer readable. */
    private static final int MOST = 20;

    private WarningsCheck() {}

    static Readiness.ReadinessCheck run(HealthWarnings source) {
        List<String> warnings = source.warnings();
        String more = warnings.size() > MOST ? "; and %d more".formatted(warnings.size() - MOST) : "";
        return new Readiness.ReadinessCheck(
                source.subject(),
                true,
                warnings.isEmpty()
                        ? "no warnings"
                        : Readiness.ReadinessCheck.WARNING
                                + warnings.stream().limit(MOST).collect(Collectors.joining("; "))
                                + more);
    }
}
