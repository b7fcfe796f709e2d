// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of queries and their answers.
 *
 * @param namespaceLabel empty if series have none
 * @param minWindow shortest window in which rates have data
 * @param staleness age above which a value counts as no data
 * @param maxQueryChars longest query; longer ones are divided
 * @param maxOwnQueries most queries of descriptors at a time
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
