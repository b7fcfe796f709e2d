// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import java.io.Serializable;
import java.util.Objects;
import javax.persistence.Column;
import javax.persistence.Embeddable;

/** A service id is unique within its project. */
@Embeddable
public class ServiceKey implements Serializable {

    private static final long serialVersionUID = 1L;

    @Column(name = "project")
    private String project = "";

    @Column(name = "id")
    private String id = "";

    protected ServiceKey() {}

    public ServiceKey(String project, String id) {
        this.project = project;
        this.id = id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceKey key && key.project.equals(project) && key.id.equals(id);
    }

    @Override
    public int hashCode() {
        return Objects.hash(project, id);
    }
}
