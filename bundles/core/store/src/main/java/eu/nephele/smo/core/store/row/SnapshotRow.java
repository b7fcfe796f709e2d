// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import java.util.Optional;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Inputs of decisions, once per content. */
@Entity
@Table(name = "snapshot")
public class SnapshotRow {

    @Id
    private String digest = "";

    @Convert(converter = JsonColumn.class)
    @Column(name = "content")
    private JsonValue content = JsonObject.EMPTY;

    private @Nullable String shared;

    protected SnapshotRow() {}

    public String digest() {
        return digest;
    }

    /** Digest of what it shares with others. */
    public Optional<String> shared() {
        return Optional.ofNullable(shared);
    }

    /** @param with content that {@link #shared()} names */
    public Snapshot snapshot(Optional<Snapshot> with) {
        return new Snapshot(digest, JsonFieldReader.from(content).object(), with);
    }
}
