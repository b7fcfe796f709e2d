// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses of the dashboards that were published since this process began. */
public final class DashboardUrls {

    /** @param services service → address of its dashboard */
    public record GraphUrls(URI graph, Map<String, URI> services) {
        public GraphUrls {
            services = Map.copyOf(services);
        }
    }

    /** Begins anew with each start, because every dashboard is published again then and its address reported. */
    private final Map<GraphId, GraphUrls> graphs = new ConcurrentHashMap<>();
    /** Begins anew with each start, for the same reason. */
    private final Map<ClusterId, URI> clusters = new ConcurrentHashMap<>();

    public void put(GraphId graph, GraphUrls graphUrls) {
        graphs.put(graph, graphUrls);
    }

    public void put(ClusterId cluster, URI address) {
        clusters.put(cluster, address);
    }

    public void forget(GraphId graph) {
        graphs.remove(graph);
    }

    public Optional<URI> find(GraphId graph) {
        return Optional.ofNullable(graphs.get(graph)).map(GraphUrls::graph);
    }

    public Optional<URI> find(GraphId graph, String service) {
        return Optional.ofNullable(graphs.get(graph))
                .map(graphUrls -> graphUrls.services().get(service));
    }

    public Optional<URI> find(ClusterId cluster) {
        return Optional.ofNullable(clusters.get(cluster));
    }
}
