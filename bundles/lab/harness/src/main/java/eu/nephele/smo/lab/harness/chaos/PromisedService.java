// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.time.Instant;

/**
 * A service of the pool as its clients were promised it.
 *
 * @param port of the balancer, and of the containers
 * @param replicas acknowledged number
 */
record PromisedService(String name, int port, int min, int max, String image, int replicas, PromiseTimes times) {

    /**
     * Times of the last changes.
     *
     * @param scaled by hand: that counts for some time whatever the bounds say
     * @param bounded by bounds that changed the number
     * @param replaced every container was made later
     */
    record PromiseTimes(Instant scaled, Instant bounded, Instant replaced) {}

    PromisedService withReplicas(int next, Instant at) {
        return new PromisedService(
                name, port, min, max, image, next, new PromiseTimes(at, times.bounded(), times.replaced()));
    }

    /** The number follows. */
    PromisedService withBounds(int least, int most, Instant at) {
        int inside = Math.max(least, Math.min(most, replicas));
        Instant bounded = inside == replicas ? times.bounded() : at;
        return new PromisedService(
                name, port, least, most, image, inside, new PromiseTimes(times.scaled(), bounded, times.replaced()));
    }

    PromisedService withImage(String next) {
        return new PromisedService(name, port, min, max, next, replicas, times);
    }

    PromisedService replaced(Instant at) {
        return new PromisedService(
                name, port, min, max, image, replicas, new PromiseTimes(times.scaled(), times.bounded(), at));
    }

    /** Its entry in the file of the pool. Replicas are changed by hand only: the processors never reach these thresholds. */
    String entry() {
        return """
                  %s:
                    image: %s
                    port: %d
                    min_replicas: %d
                    max_replicas: %d
                    scale_up_threshold: 100
                    scale_down_threshold: 0
                    cooldown_period: 0
                    business_hours_only: false
                    health_check: {path: /, interval: 1, grace: 10}
                    environment: {PORT: "%d"}
                """.formatted(name, image, port, min, max, port);
    }
}
