// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.port.SignalSource;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Gives the same answer until time has passed, as adapters do that poll their source. For one thread. */
final class SignalsOfTheMoment implements SignalSource {

    private final SignalSource source;
    private final VirtualDay day;
    private Instant at = Instant.MIN;
    private Set<ClusterId> asked = Set.of();
    private Map<ClusterId, ClusterSignals> told = Map.of();

    SignalsOfTheMoment(SignalSource source, VirtualDay day) {
        this.source = source;
        this.day = day;
    }

    @Override
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        Set<ClusterId> now = Set.copyOf(clusters);
        if (!day.instant().equals(at) || !now.equals(asked)) {
            at = day.instant();
            asked = now;
            told = source.signals(clusters);
        }
        return told;
    }

    @Override
    public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
        return source.latencyMillis(clusters);
    }
}
