// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class BrokenMetrics extends Broken implements MetricsSource {

    private static final MetricQuery MEASURED = new MetricQuery(
            MetricQuery.REQUEST_RATE,
            new WorkloadRef(new GraphId("p", "g"), "web"),
            Duration.ofMinutes(1),
            Optional.empty());

    private BrokenMetrics(String fault) {
        super(fault);
    }

    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        goOut();
        Map<MetricQuery, Double> values = new HashMap<>();
        for (MetricQuery query : queries) {
            if (query.equals(MEASURED)) {
                values.put(query, 7.0);
            } else if (has("noDataIsNoEntryAndNeitherZeroNorAFailure")) {
                values.put(query, 0.0);
            }
        }
        return values;
    }

    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        LoadPoint old = new LoadPoint(Instant.EPOCH, 1);
        LoadPoint young = new LoadPoint(Instant.EPOCH.plus(step), 1);
        return Map.of(MEASURED, has("thePastIsToldOldestFirst") ? List.of(young, old) : List.of(old, young));
    }

    static PortContract<?> contract(String fault) {
        BrokenMetrics broken = new BrokenMetrics(fault);
        return new MetricsSourceContract() {
            @Override
            protected MetricsSource adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties();
            }

            @Override
            protected void breakTheSystem() {
                broken.down();
            }

            @Override
            protected MetricQuery measured() {
                return MEASURED;
            }
        };
    }
}
