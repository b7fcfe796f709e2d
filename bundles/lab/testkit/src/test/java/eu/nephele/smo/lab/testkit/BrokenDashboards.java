// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.conformance.SampleGraphs;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

final class BrokenDashboards extends Broken implements DashboardPublisher {

    private final AtomicInteger number = new AtomicInteger();
    private final Set<GraphId> graphs = new HashSet<>();

    private BrokenDashboards(String fault) {
        super(fault);
    }

    @Override
    public URI ensureGraph(Graph graph) {
        graphs.add(graph.id());
        return address("graph");
    }

    @Override
    public URI ensureService(WorkloadRef service) {
        return address("service");
    }

    @Override
    public URI ensureCluster(ClusterId cluster) {
        goOut();
        return address("cluster");
    }

    @Override
    public void removeGraph(GraphId graph) {
        if (graphs.remove(graph) || has("removedTwiceIsRemoved")) {
            writes.incrementAndGet();
        }
    }

    private URI address(String what) {
        String version = has("publishedAgainStaysAtItsAddress") ? "?" + number.incrementAndGet() : "";
        return URI.create("http://dashboards.example/" + what + version);
    }

    static PortContract<?> contract(String fault) {
        BrokenDashboards broken = new BrokenDashboards(fault);
        return new DashboardPublisherContract() {
            @Override
            protected DashboardPublisher adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties();
            }

            @Override
            protected void breakTheSystem() {
                broken.down();
            }

            @Override
            protected long effects() {
                return broken.writes.get();
            }

            @Override
            protected Graph graph() {
                return SampleGraphs.camera();
            }
        };
    }
}
