// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.core.contract.health.HealthProbe;
import java.util.function.BooleanSupplier;

/** Looks whether the engine works; one that cannot pick up what is stored does not. */
final class EngineProbe implements HealthProbe {

    private final HealthProbe work;
    private final BooleanSupplier begins;

    /** @param begins whether it is picking up what is stored */
    EngineProbe(HealthProbe work, BooleanSupplier begins) {
        this.work = work;
        this.begins = begins;
    }

    @Override
    public String part() {
        return work.part();
    }

    @Override
    public Finding look() {
        Finding found = work.look();
        return found.ok() && begins.getAsBoolean()
                ? Finding.unwell("the engine reads what it has to go on with")
                : found;
    }
}
