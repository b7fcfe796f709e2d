// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import java.time.Duration;
import java.util.List;

/**
 * A graph of the day, as it was ordered: the judge reads its limits here, the strategies from its descriptor.
 *
 * @param project its project; the graph has the same name in all of them
 * @param apart pairs of services that must not share a region
 * @param near pairs of services with a limit of the latency between them
 */
record DayGraph(String project, List<DayService> services, List<Pair> apart, List<Near> near) {

    DayGraph {
        services = List.copyOf(services);
        apart = List.copyOf(apart);
        near = List.copyOf(near);
    }

    /** Ids of two services. */
    record Pair(String one, String other) {}

    record Near(Pair services, double maxMillis) {}

    double coresNeeded(Duration elapsed) {
        return services.stream()
                .mapToDouble(service -> service.coresNeeded(elapsed))
                .sum();
    }
}
