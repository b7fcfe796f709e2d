// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.engine.work.AdmissionController;
import java.util.List;

/** Warns that changes are rejected. The server is ready all the same: reads, removals and accepted changes continue. */
record OverloadWarning(AdmissionController admission) implements HealthWarnings {

    @Override
    public String subject() {
        return "load";
    }

    @Override
    public List<String> warnings() {
        return admission.refusing().map("changes are refused for now with 503 and Retry-After: %s"::formatted).stream()
                .toList();
    }
}
