// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DoneCurveTest {

    private final DoneCurve curve = new DoneCurve();

    @Test
    void aRateIsThatBetweenTwoTimesInProportion() {
        curve.add(10, 100);
        curve.add(20, 400);
        assertThat(curve.perSecond(0, 10)).isEqualTo(10);
        assertThat(curve.perSecond(5, 15)).isCloseTo(20, within(1e-9));
    }

    @Test
    void fullSpeedIsReachedWhereItLastsForAWhile() {
        // ten seconds of 10/s, a moment of 100/s, four of 10/s, then 30/s
        curve.add(10, 100);
        curve.add(10.1, 110);
        curve.add(14, 149);
        curve.add(15, 179);
        curve.add(20, 329);
        assertThat(curve.reached(30, 10, 3)).hasValue(4);
        assertThat(curve.reached(30, 15, 3)).hasValue(0);
        assertThat(curve.reached(31, 10, 3)).isEmpty();
    }

    @Test
    void whatWasWatchedForLessThanAWhileHasNotReachedIt() {
        curve.add(2, 1000);
        assertThat(curve.reached(1, 0, 3)).isEmpty();
    }
}
