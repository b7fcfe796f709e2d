// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the dashboards are that were published since this process began. */
public final class Dashboards {

    /**
     * Addresses of one graph.
     *
     * @param services service → address of its dashboard
     */
    public record Addresses(URI graph, Map<String, URI> services) {
        public Addresses {
            services = Map.copyOf(services);
        }
    }

    /** Begins anew with each start, because every dashboard is published again then and its address told. */
    private final Map<GraphId, Addresses> graphs = new ConcurrentHashMap<>();
    /** Begins anew with each start, for the same reason. */
    private final Map<ClusterId, URI> clusters = new ConcurrentHashMap<>();

    public void put(GraphId graph, Addresses addresses) {
        graphs.put(graph, addresses);
    }

    public void put(ClusterId cluster, URI address) {
        clusters.put(cluster, address);
    }

    public void forget(GraphId graph) {
        graphs.remove(graph);
    }

    public Optional<URI> of(GraphId graph) {
        return Optional.ofNullable(graphs.get(graph)).map(Addresses::graph);
    }

    public Optional<URI> of(GraphId graph, String service) {
        return Optional.ofNullable(graphs.get(graph))
                .map(addresses -> addresses.services().get(service));
    }

    public Optional<URI> of(ClusterId cluster) {
        return Optional.ofNullable(clusters.get(cluster));
    }
}
