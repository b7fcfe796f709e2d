// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.shadow.Shadow;
import java.time.Instant;
import java.util.Optional;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** A shadow. */
@Entity
@Table(name = "shadow")
public class ShadowRow {

    @Id
    private String id = "";

    private String kind = "";

    @Convert(converter = JsonColumn.class)
    @Column(name = "selection")
    private JsonValue selection = JsonObject.EMPTY;

    private String project = "";

    private String name = "";

    @Convert(converter = JsonColumn.class)
    @Column(name = "origin")
    private JsonValue origin = JsonObject.EMPTY;

    @Convert(converter = InstantColumn.class)
    private Instant since = Instant.EPOCH;

    protected ShadowRow() {}

    public ShadowRow(Shadow shadow) {
        Optional<GraphId> graph = shadow.scope().graph();
        this.id = shadow.id();
        this.kind = shadow.kind();
        this.selection = WishJson.write(shadow.selection());
        this.project =
                graph.map(GraphId::project).or(() -> shadow.scope().project()).orElse("");
        this.name = graph.map(GraphId::name).orElse("");
        this.origin = StoredOperationJson.write(shadow.origin());
        this.since = shadow.since();
    }

    public Shadow shadow() {
        Shadow.ShadowScope scope = name.isEmpty()
                ? new Shadow.ShadowScope(Optional.of(project).filter(text -> !text.isEmpty()), Optional.empty())
                : new Shadow.ShadowScope(Optional.empty(), Optional.of(new GraphId(project, name)));
        return new Shadow(id, kind, WishJson.selection(selection), scope, StoredOperationJson.origin(origin), since);
    }
}
