// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0,PT0S",
        "0s,PT0S",
        "2m,PT2M",
        "1h30m,PT1H30M",
        "500ms,PT0.5S",
        "1y2w3d4h5m6s7ms,PT9172H5M6.007S",
        "90s,PT1M30S"
    })
    void readsWhatPrometheusReads(String text, Duration duration) {
        assertThat(PromDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "5", "-1m", "1m1h", "1.5h", "2 m", "2M", "300y", "999999999y", "9999999999s"})
    void refusesWhatPrometheusRefuses(String text) {
        assertThat(PromDuration.parse(text)).isEmpty();
    }
}
