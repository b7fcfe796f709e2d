// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class CompactNumberTest {

    @Property
    void keepsAmountsToHalfAThousandth(@ForAll @DoubleRange(min = 0.01, max = 2e14) double value) {
        assertThat(CompactNumber.decode(CompactNumber.encode(value))).isCloseTo(value, within(value * 0.0005));
    }

    @Property
    void keepsTheOrderOfAmounts(
            @ForAll @DoubleRange(min = 0, max = 2e14) double one,
            @ForAll @DoubleRange(min = 0, max = 2e14) double other) {
        double least = CompactNumber.decode(CompactNumber.encode(Math.min(one, other)));
        assertThat(least).isLessThanOrEqualTo(CompactNumber.decode(CompactNumber.encode(Math.max(one, other))));
    }

    @Example
    void knowsNothingAGapAndTooMuch() {
        assertThat(CompactNumber.decode(CompactNumber.encode(0))).isZero();
        assertThat(CompactNumber.decode(CompactNumber.encode(1e-9))).isZero();
        assertThat(CompactNumber.decode(CompactNumber.encode(Double.NaN))).isNaN();
        assertThat(CompactNumber.decode(CompactNumber.encode(1e30))).isFinite().isGreaterThan(2e14);
    }
}
