// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import java.util.List;

/**
 * Load at which a service scales out, as far as its descriptor defines it.
 *
 * @param known whether the descriptor defines the capacity of a replica
 * @param alpha requests per second that one more replica serves
 * @param beta requests per second independent of the replicas
 */
record DemoLoad(String service, int minReplicas, int maxReplicas, boolean known, double alpha, double beta) {

    /** Requests per second to try, one after the other, when the descriptor defines no capacity. */
    private static final List<Double> GUESSES = List.of(1.1, 2.4, 6.0, 15.0);

    private static final double UNNOTICED = 0.05;
    private static final int USUAL_MAX_REPLICAS = 5;
    private static final int GROWTH = 2;

    static int attempts() {
        return GUESSES.size();
    }

    static DemoLoad of(DisplayedGraph graph, String service) {
        JsonNode scaling = graph.descriptorOf(service).path("scaling");
        JsonNode profile = scaling.path("profile");
        return new DemoLoad(
                service,
                scaling.path("minReplicas").asInt(1),
                scaling.path("maxReplicas").asInt(USUAL_MAX_REPLICAS),
                profile.isObject(),
                profile.path("alpha").asDouble(1),
                profile.path("beta").asDouble(0));
    }

    boolean canGrow() {
        return maxReplicas > Math.max(minReplicas, 1);
    }

    /** Requests per second that the least replicas serve easily. */
    double quiet() {
        return known ? Math.max(0, served(Math.max(minReplicas, 1))) / 2 : UNNOTICED;
    }

    /**
     * Requests per second that need more replicas, never more than all replicas serve: beyond that nothing is decided.
     *
     * @param attempt from 0, each higher than the one before
     */
    double raised(int attempt) {
        if (!known) {
            return GUESSES.get(attempt);
        }
        int goal = Math.min(maxReplicas, Math.max(minReplicas, 1) + GROWTH + attempt);
        double middle = (served(goal - 1) + served(goal)) / 2;
        return middle > 0 ? middle : Math.max(0, served(goal));
    }

    private double served(int replicas) {
        return alpha * replicas + beta;
    }
}
