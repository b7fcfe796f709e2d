// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.port.SignalSource;
import java.util.Collection;
import java.util.Map;

/** Signals as last reported by the feed; nothing before. */
final class RemoteSignals implements SignalSource {

    private final ChangeFeed feed;

    RemoteSignals(ChangeFeed feed) {
        this.feed = feed;
    }

    @Override
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        return feed.signals().select(clusters);
    }

    @Override
    public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
        return feed.signals().latencyMillis(clusters);
    }
}
