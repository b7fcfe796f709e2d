// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;

/** A tenure that lasts until the test ends it. */
final class SwitchedTenure implements Tenure {

    private volatile Duration left = Duration.ofHours(1);

    void isOver() {
        left = Duration.ZERO;
    }

    @Override
    public String holder() {
        return "here";
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public Duration left() {
        return left;
    }
}
