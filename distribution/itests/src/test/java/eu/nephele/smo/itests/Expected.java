// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a row of the fault table asks for.
 *
 * @param end how the operation ends; empty where nobody has asked for one
 * @param world what the clusters must have from a success on
 * @param phases of the graph, in this order; each may be passed over, none may come back
 * @param states of the service, the same
 * @param neverBelow ready replicas at every moment
 * @param waitsFor names one of which whoever waits must say
 * @param mentions patterns each of which somebody must have said
 */
record Expected(
        Optional<String> end,
        ExpectedGraph world,
        List<String> phases,
        List<String> states,
        int neverBelow,
        List<String> waitsFor,
        List<String> mentions) {

    Expected {
        phases = List.copyOf(phases);
        states = List.copyOf(states);
        waitsFor = List.copyOf(waitsFor);
        mentions = List.copyOf(mentions);
    }

    /** What is on the clusters when all is done. */
    sealed interface ExpectedGraph {}

    /**
     * As many pods, all ready and of this image, on the clusters that were decided and on no other.
     *
     * @param beside what else its release has on a cluster on which it is: per cluster, image to pods; all serve, or have done
     *     their work
     */
    record Running(int replicas, String image, Map<String, Map<String, Long>> beside) implements ExpectedGraph {

        Running {
            beside = Map.copyOf(beside);
        }

        /** A release of nothing else. */
        Running(int replicas, String image) {
            this(replicas, image, Map.of());
        }
    }

    /** No Deployment and no pod of its release on any cluster that answers. */
    record Nothing() implements ExpectedGraph {}
}
