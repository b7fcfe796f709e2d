// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The contract of a {@link MetricsSource}: many queries at once, and a query without data has no entry, whatever the others
 * are.
 */
public abstract class MetricsSourceContract extends PortContract<MetricsSource> {

    private static final Duration RANGE = Duration.ofMinutes(5);

    /** Short, as the past may be told at multiples of it, and what is measured may have begun some seconds ago. */
    private static final Duration STEP = Duration.ofSeconds(1);

    protected MetricsSourceContract() {
        super(MetricsSource.class);
    }

    /** A query that has data, now and in the last five minutes. */
    protected abstract MetricQuery measured();

    @Override
    final Object ask(MetricsSource adapter) {
        return adapter.instant(List.of(measured())).keySet();
    }

    @Test
    void noDataIsNoEntryAndNeitherZeroNorAFailure() {
        Map<MetricQuery, Double> values = adapter().instant(List.of(unmeasured(), measured()));

        assertThat(values).containsOnlyKeys(measured());
        assertThat(values.values()).allMatch(Double::isFinite);
        assertThat(adapter().instant(List.of())).isEmpty();
    }

    @Test
    void thePastIsToldOldestFirst() {
        Map<MetricQuery, List<LoadPoint>> past = adapter().range(List.of(unmeasured(), measured()), RANGE, STEP);

        assertThat(past).containsOnlyKeys(measured());
        assertThat(past.values()).allSatisfy(points -> assertThat(points)
                .isNotEmpty()
                .extracting(LoadPoint::at)
                .isSorted()
                .doesNotHaveDuplicates());
    }

    private MetricQuery unmeasured() {
        MetricQuery measured = measured();
        WorkloadRef nobody = new WorkloadRef(new GraphId("smo-contract", "none"), "nobody");
        return new MetricQuery(measured.metric(), nobody, measured.window(), measured.template());
    }
}
