// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A forecast begins now. */
class ForecastAlignmentTest {

    private static final Instant NOW = Instant.parse("2026-06-01T08:40:30Z");
    private static final Instant BEGIN = Instant.parse("2026-06-01T08:40:00Z");

    private static ForecastPoint at(String time, double grams) {
        return new ForecastPoint(Instant.parse("2026-06-01T%s:00Z".formatted(time)), grams);
    }

    private static List<ForecastPoint> fromNow(OptionalDouble present, ForecastPoint... points) {
        return ForecastAlignment.fromNow(
                        new ClusterSignals(present, OptionalDouble.empty(), OptionalDouble.empty(), List.of(points)),
                        NOW)
                .forecast();
    }

    @Test
    void whatIsPastIsCutOff() {
        assertThat(fromNow(OptionalDouble.of(999), at("07:00", 50), at("08:00", 180), at("09:00", 160)))
                .containsExactly(new ForecastPoint(BEGIN, 180), at("09:00", 160));
        assertThat(fromNow(OptionalDouble.empty(), at("07:00", 50)))
                .as("the last one goes on")
                .containsExactly(new ForecastPoint(BEGIN, 50));
    }

    @Test
    void thePresentHourCountsWhereTheForecastBeginsWithTheNext() {
        assertThat(fromNow(OptionalDouble.of(180), at("09:00", 160)))
                .containsExactly(new ForecastPoint(BEGIN, 180), at("09:00", 160));
        assertThat(fromNow(OptionalDouble.empty(), at("09:00", 160)))
                .as("nothing is invented")
                .containsExactly(at("09:00", 160));
        assertThat(fromNow(OptionalDouble.of(180))).isEmpty();
    }
}
