// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.lab.simulator.LoadProfile;
import java.time.Duration;
import java.util.Set;

/**
 * A service of the day, as it was ordered.
 *
 * @param cpuClass class of the intent {@code compute}
 * @param cores what the class means, per replica
 * @param load requests per second
 * @param requestsPerReplica requests per second that one replica serves
 * @param excluded names of the regions where it must not run
 */
record DayService(
        String id, String cpuClass, double cores, LoadProfile load, double requestsPerReplica, Set<String> excluded) {

    static final int MOST_REPLICAS = 5;

    DayService {
        excluded = Set.copyOf(excluded);
    }

    /** Replicas that serve the load, at least one. */
    int replicas(Duration elapsed) {
        int needed = (int) Math.ceil(load.requestsPerSecond(elapsed) / requestsPerReplica);
        return Math.max(1, Math.min(MOST_REPLICAS, needed));
    }

    double coresNeeded(Duration elapsed) {
        return cores * replicas(elapsed);
    }
}
