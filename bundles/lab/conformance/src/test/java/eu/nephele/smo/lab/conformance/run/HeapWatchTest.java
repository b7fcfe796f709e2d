// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapWatchTest {

    @ParameterizedTest(name = "{0} before, {1} now: {2}")
    @CsvSource({"0.1, 0.7, false", "0.1, 0.9, true", "0.75, 0.9, false", "0.9, 0.1, false", "0.6, 0.81, true"})
    void aCallIsToBlameForWhatFilledUpWhileItRan(double before, double now, boolean nearlyFull) {
        Iterator<Double> shares = List.of(before, now).iterator();
        HeapWatch watch = new HeapWatch(shares::next);
        assertThat(watch.nearlyFull()).isEqualTo(nearlyFull);
    }
}
