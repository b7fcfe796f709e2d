// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** Inputs of decisions, once per content. */
@Entity
@Table(name = "snapshot")
public class SnapshotRow {

    @Id
    @Column(name = "digest")
    private String digest = "";

    @Convert(converter = JsonColumn.class)
    @Column(name = "content")
    private JsonValue content = JsonObject.EMPTY;

    protected SnapshotRow() {}

    public Snapshot snapshot() {
        return new Snapshot(digest, Fields.of(content).object());
    }
}
