// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import java.net.URI;
import org.osgi.annotation.versioning.ConsumerType;

/** Publishes dashboards for graphs, services and clusters. Idempotent; failures are {@link AdapterException}s and never stop a deployment. */
@Port(name = "dashboards")
@ConsumerType
public interface DashboardPublisher {

    /** Makes the dashboards of a graph and its services exist; the address of the graph's. */
    @Idempotent
    URI ensureGraph(Graph graph);

    /** Makes the dashboard of a service exist; its address. */
    @Idempotent
    URI ensureService(WorkloadRef service);

    /** Makes the dashboard of a cluster exist; its address. */
    @Idempotent
    URI ensureCluster(ClusterId cluster);

    /** Makes all dashboards of a graph and its services not exist, whatever its descriptor was. Absent already: nothing happens. */
    @Idempotent
    void removeGraph(GraphId graph);
}
