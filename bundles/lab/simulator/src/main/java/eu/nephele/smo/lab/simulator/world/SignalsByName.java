// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.port.SignalSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Signals of the world for clusters of any source that have the name of one of its own. */
public final class SignalsByName implements SignalSource {

    private final SignalSource signals;

    /** @param signals of the world, for its own clusters */
    public SignalsByName(SignalSource signals) {
        this.signals = signals;
    }

    @Override
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        Map<ClusterId, ClusterSignals> known = new HashMap<>();
        Map<ClusterId, ClusterSignals> own =
                signals.signals(clusters.stream().map(SignalsByName::own).toList());
        clusters.forEach(cluster -> {
            ClusterSignals found = own.get(own(cluster));
            if (found != null) {
                known.put(cluster, found);
            }
        });
        return known;
    }

    @Override
    public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
        Map<ClusterId, Map<ClusterId, Double>> own =
                signals.latencyMillis(clusters.stream().map(SignalsByName::own).toList());
        Map<ClusterId, Map<ClusterId, Double>> known = new HashMap<>();
        for (ClusterId from : clusters) {
            Map<ClusterId, Double> row = own.getOrDefault(own(from), Map.of());
            for (ClusterId to : clusters) {
                Double millis = row.get(own(to));
                if (millis != null) {
                    known.computeIfAbsent(from, any -> new HashMap<>()).put(to, millis);
                }
            }
        }
        return known;
    }

    private static ClusterId own(ClusterId cluster) {
        return new ClusterId(World.SOURCE, cluster.name());
    }
}
