// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import java.util.Collection;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carbon, renewable share, price and network latency, now and as forecast. Answers from a cache, never blocks. An answer does not
 * change once it was given; whoever has nothing new best gives the same one again, which is seen at once.
 */
@Port(name = "signals")
@ConsumerType
public interface SignalSource {

    /**
     * Returns the known signals of each cluster; a missing entry means unknown. A forecast begins now: its first interval
     * contains the present. Past intervals are cut off before a decision uses them, and the present value precedes a forecast
     * that begins later.
     */
    @NonBlocking
    Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters);

    /**
     * Network latency in ms.
     *
     * @return from → to → ms; pairs that are missing are unknown
     */
    @NonBlocking
    Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters);
}
