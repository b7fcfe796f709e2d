// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

import eu.nephele.smo.scaling.profiler.CapacityLine;
import java.util.Random;

/**
 * A generated service.
 *
 * @param truth what replicas serve in fact
 * @param meanDemand requests per second
 * @param periodSeconds of its load
 * @param noise of each reading, relative
 * @param seed of its load and of the noise
 */
record ModelCase(CapacityLine truth, double meanDemand, double periodSeconds, double noise, long seed) {

    private static final double LEAST_REPLICAS = 3;
    private static final double MORE_REPLICAS = 7;

    /** A replica serves 0.5 to 50 requests per second; beta is -0.5 to 0.3 times that; 3 to 10 replicas are needed on average. */
    static ModelCase generate(long seed, double periodSeconds, double noise) {
        Random random = new Random(seed);
        double alpha = 0.5 * Math.pow(100, random.nextDouble());
        double beta = alpha * (-0.5 + 0.8 * random.nextDouble());
        double replicas = LEAST_REPLICAS + MORE_REPLICAS * random.nextDouble();
        CapacityLine truth = new CapacityLine(alpha, beta);
        return new ModelCase(truth, alpha * replicas + beta, periodSeconds, noise, seed);
    }

    int startReplicas() {
        return Math.max(1, (int) Math.ceil((meanDemand - truth.beta()) / truth.alpha()));
    }
}
