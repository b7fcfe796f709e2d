// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.GraphId;
import java.io.Serializable;
import java.util.Objects;
import javax.persistence.Embeddable;

/** Primary key of every table with one row per graph. */
@Embeddable
public class GraphKey implements Serializable {

    private static final long serialVersionUID = 1L;

    private String project = "";

    private String name = "";

    protected GraphKey() {}

    public GraphKey(GraphId graph) {
        this.project = graph.project();
        this.name = graph.name();
    }

    public GraphId id() {
        return new GraphId(project, name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GraphKey key && key.id().equals(id());
    }

    @Override
    public int hashCode() {
        return Objects.hash(project, name);
    }
}
