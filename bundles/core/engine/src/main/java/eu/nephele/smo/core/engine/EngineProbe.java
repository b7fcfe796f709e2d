// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.core.contract.health.HealthProbe;
import java.util.function.BooleanSupplier;

/**
 * Probes whether the engine works; it does not while it cannot load its stored graphs. While it loads them it is well:
 * a former standby continues to answer reads, and a starting server has no engine before.
 */
final class EngineProbe implements HealthProbe {

    private final HealthProbe work;
    private final BooleanSupplier refused;

    EngineProbe(HealthProbe work, BooleanSupplier refused) {
        this.work = work;
        this.refused = refused;
    }

    @Override
    public String part() {
        return work.part();
    }

    @Override
    public ProbeResult probe() {
        ProbeResult found = work.probe();
        return found.ok() && refused.getAsBoolean()
                ? ProbeResult.unwell("the engine cannot load its stored graphs")
                : found;
    }
}
