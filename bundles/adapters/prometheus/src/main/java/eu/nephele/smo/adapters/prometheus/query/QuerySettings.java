// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of queries and their answers.
 *
 * @param metrics metric → what is asked for it
 * @param namespaceLabel empty where series have none
 * @param minWindow rates over less may have no data
 * @param staleness what was measured longer ago is no data
 * @param maxQueryChars a query is divided before it gets longer
 * @param maxOwnQueries most queries of descriptors in one go
 */
public record QuerySettings(
        Map<String, MetricTemplate> metrics,
        Optional<String> namespaceLabel,
        Duration minWindow,
        Duration staleness,
        int maxQueryChars,
        int maxOwnQueries) {

    public QuerySettings {
        metrics = Map.copyOf(metrics);
    }
}
