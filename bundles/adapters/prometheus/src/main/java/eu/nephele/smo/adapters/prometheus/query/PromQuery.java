// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import eu.nephele.smo.api.port.MetricQuery;
import java.util.List;
import java.util.Optional;

/**
 * One query to Prometheus and the metrics that its answer is for.
 *
 * @param promQl complete
 * @param template whose labels tell the services of the answer apart; empty: the answer is for all of {@code askers}
 * @param own whether a descriptor brought the query: its answer is one value
 */
record PromQuery(String promQl, Optional<MetricTemplate> template, boolean own, List<MetricQuery> askers) {

    PromQuery {
        askers = List.copyOf(askers);
    }
}
