// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;

/** @param left as long as the test says */
record HeldTenure(Duration left) implements Tenure {

    HeldTenure() {
        this(Duration.ofSeconds(5));
    }

    @Override
    public String holder() {
        return "here";
    }

    @Override
    public long epoch() {
        return 1;
    }
}
