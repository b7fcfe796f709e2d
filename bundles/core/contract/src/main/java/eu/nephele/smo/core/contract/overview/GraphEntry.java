// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.overview;

import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.model.ClusterId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A graph in a list over all projects.
 *
 * @param services number of its services
 * @param replicas of all services, as decided
 * @param clusters those that its services are placed on, in order
 * @param changedAt when it was changed, decided on, or a condition became another one, whichever was last
 * @param attention whether a person has to look at it
 * @param condition the first one that is not as it should be
 */
public record GraphEntry(
        GraphItem item,
        int services,
        int replicas,
        List<ClusterId> clusters,
        Instant changedAt,
        Attention attention,
        Optional<OpenCondition> condition) {

    /** Whether a person has to look at a graph. */
    public enum Attention {
        /** it works by itself */
        NONE,
        /** it runs, but not as it should */
        WARNING,
        /** it does not run as a whole */
        ERROR
    }

    /**
     * A condition that is not as it should be.
     *
     * @param type of the condition
     * @param reason in one word
     * @param message for people, cut where it is long
     * @param since when it became so
     * @param remedy what a person can do; "" when nothing has to be done
     */
    public record OpenCondition(String type, String reason, String message, Instant since, String remedy) {}

    public GraphEntry {
        clusters = List.copyOf(clusters);
    }
}
