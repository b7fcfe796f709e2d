// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.GraphId;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Demand of one service on all its clusters.
 *
 * @param graph the graph
 * @param service service id
 * @param demandPerSecond present requests per second; empty when there is no data
 * @param forecast expected demand; empty while there is none
 */
public record ServiceLoad(
        GraphId graph, String service, OptionalDouble demandPerSecond, Optional<DemandForecast> forecast) {}
