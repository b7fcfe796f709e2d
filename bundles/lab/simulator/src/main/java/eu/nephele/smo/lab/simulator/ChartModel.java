// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.Resources;
import java.util.List;
import java.util.Optional;

/**
 * What a chart decides by itself.
 *
 * @param clusters where its releases run that nobody places; empty where their values say it
 * @param requests what each of its pods asks for, whatever values say: the chart has no value {@code resources}. Empty for a chart that
 *     has one, as those of {@code helm create}
 */
public record ChartModel(List<String> clusters, Optional<Resources> requests) {

    /** A chart of which nothing is known. */
    public static final ChartModel PLAIN = new ChartModel(List.of(), Optional.empty());

    public ChartModel {
        clusters = List.copyOf(clusters);
    }
}
