// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.Subscription;
import java.util.List;

/** The clusters of the world as last reported by the feed. */
final class RemoteClusters implements ClusterRegistry {

    private final ChangeFeed feed;

    RemoteClusters(ChangeFeed feed) {
        this.feed = feed;
    }

    @Override
    public List<ClusterState> clusters() {
        return feed.clusters()
                .orElseThrow(() -> new AdapterException(
                        AdapterException.Kind.UNAVAILABLE,
                        WorldClient.SYSTEM,
                        "List clusters: the world has not answered yet; polling goes on"));
    }

    @Override
    public Subscription subscribe(Runnable onChange) {
        return feed.onClusters(onChange);
    }
}
