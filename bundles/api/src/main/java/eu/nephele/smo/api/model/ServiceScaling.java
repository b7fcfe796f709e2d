// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Scaling of one service as its descriptor specifies it. Everything is optional; configuration supplies the rest.
 *
 * @param minReplicas hard lower bound, 0 or more
 * @param maxReplicas hard upper bound, at least {@code minReplicas}
 * @param profile capacity model
 * @param metricQuery PromQL template for the request rate, with {@code $service}, {@code $namespace}, {@code $window}
 * @param metricService id of the service whose request rate counts for this one
 * @param strategy another scaling strategy for this service only
 */
public record ServiceScaling(
        OptionalInt minReplicas,
        OptionalInt maxReplicas,
        Optional<ServiceProfile> profile,
        Optional<String> metricQuery,
        Optional<String> metricService,
        StrategySelection strategy) {

    public static final ServiceScaling UNSPECIFIED = new ServiceScaling(
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            StrategySelection.UNSPECIFIED);

    /**
     * Linear capacity model: {@code r} replicas serve {@code alpha * r + beta} requests per second.
     *
     * @param alpha requests per second that one more replica serves
     * @param beta requests per second, may be negative
     */
    public record ServiceProfile(double alpha, double beta) {}
}
