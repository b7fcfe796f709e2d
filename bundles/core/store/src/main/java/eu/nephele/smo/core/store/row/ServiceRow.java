// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.GraphId;
import javax.persistence.Column;
import javax.persistence.EmbeddedId;
import javax.persistence.Entity;
import javax.persistence.Table;

/** Which graph has a service id. */
@Entity
@SuppressWarnings("UnusedVariable") // JPA reads the key
@Table(name = "service")
public class ServiceRow {

    @EmbeddedId
    private ServiceKey key = new ServiceKey();

    @Column(name = "name")
    private String name = "";

    protected ServiceRow() {}

    public ServiceRow(GraphId graph, String service) {
        this.key = new ServiceKey(graph.project(), service);
        this.name = graph.name();
    }
}
