// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import eu.nephele.smo.api.port.MetricQuery;
import java.util.List;
import java.util.Optional;

/**
 * One query to Prometheus and the metrics that its answer serves.
 *
 * @param template its labels distinguish the services in the answer; empty: the answer serves all of {@code askers}
 * @param own whether the query comes from a descriptor: its answer is one value
 */
record PromQuery(String promQl, Optional<MetricTemplate> template, boolean own, List<MetricQuery> askers) {

    PromQuery {
        askers = List.copyOf(askers);
    }
}
