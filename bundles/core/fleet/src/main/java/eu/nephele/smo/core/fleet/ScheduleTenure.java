// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A tenure of which nothing is left as soon as its user has given it up: what was begun with it asks before it goes on.
 *
 * @param isHeld whether its user still has it
 */
record ScheduleTenure(Tenure tenure, Predicate<Tenure> isHeld) implements Tenure {

    @Override
    public String holder() {
        return tenure.holder();
    }

    @Override
    public long epoch() {
        return tenure.epoch();
    }

    @Override
    public Duration left() {
        return isHeld.test(tenure) ? tenure.left() : Duration.ZERO;
    }
}
