// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.port.SignalSource;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Signals as the feed has brought them last; nothing before. */
final class RemoteSignals implements SignalSource {

    private final ChangeFeed feed;

    RemoteSignals(ChangeFeed feed) {
        this.feed = feed;
    }

    @Override
    public Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        return only(feed.signals().signals(), clusters);
    }

    @Override
    public Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
        Map<ClusterId, Map<ClusterId, Double>> rows = only(feed.signals().latencyMillis(), clusters);
        rows.replaceAll((from, row) -> only(row, clusters));
        return rows;
    }

    private static <T> Map<ClusterId, T> only(Map<ClusterId, T> all, Collection<ClusterId> wanted) {
        Map<ClusterId, T> some = new TreeMap<>(all);
        some.keySet().retainAll(wanted);
        return some;
    }
}
