// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import java.io.Serializable;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Embeddable;

/** One resource of one cluster, reserved by one graph. */
@Embeddable
public class ReservationKey implements Serializable {

    private static final long serialVersionUID = 1L;

    @Column(name = "project")
    private String project = "";

    @Column(name = "name")
    private String name = "";

    @Column(name = "cluster_source")
    private String clusterSource = "";

    @Column(name = "cluster_name")
    private String clusterName = "";

    @Column(name = "resource")
    private String resource = "";

    protected ReservationKey() {}

    public ReservationKey(GraphId graph, ClusterId cluster, String resource) {
        this.project = graph.project();
        this.name = graph.name();
        this.clusterSource = cluster.source();
        this.clusterName = cluster.name();
        this.resource = resource;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReservationKey key
                && key.project.equals(project)
                && key.name.equals(name)
                && key.clusterSource.equals(clusterSource)
                && key.clusterName.equals(clusterName)
                && key.resource.equals(resource);
    }

    @Override
    public int hashCode() {
        return Objects.hash(project, name, clusterSource, clusterName, resource);
    }
}
