// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.store.Desired;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.EmbeddedId;
import javax.persistence.Entity;
import javax.persistence.EnumType;
import javax.persistence.Enumerated;
import javax.persistence.Table;

/** What the user wants of a graph; the descriptor as it was sent (D-22). */
@Entity
@Table(name = "desired")
public class DesiredRow {

    @EmbeddedId
    private GraphKey key = new GraphKey();

    @Column(name = "generation")
    private long generation;

    @Column(name = "revision")
    private long revision;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private DesiredState state = DesiredState.RUNNING;

    @Convert(converter = JsonColumn.class)
    @Column(name = "descriptor")
    private JsonValue descriptor = JsonObject.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "services")
    private JsonValue services = JsonArray.EMPTY;

    @Column(name = "provisional")
    private boolean provisional;

    @Convert(converter = JsonColumn.class)
    @Column(name = "override_strategies")
    private JsonValue overrideStrategies = JsonObject.EMPTY;

    @Column(name = "wish_number")
    private long wishNumber;

    @Convert(converter = JsonColumn.class)
    @Column(name = "wish")
    private JsonValue wish = JsonObject.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "activated")
    private JsonValue activated = JsonArray.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "retiring")
    private JsonValue retiring = JsonObject.EMPTY;

    @Column(name = "paused")
    private boolean paused;

    @Column(name = "descriptor_revision")
    private long descriptorRevision;

    @Convert(converter = JsonColumn.class)
    @Column(name = "warnings")
    private JsonValue warnings = JsonArray.EMPTY;

    @Convert(converter = InstantColumn.class)
    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Convert(converter = InstantColumn.class)
    @Column(name = "updated_at")
    private Instant updatedAt = Instant.EPOCH;

    protected DesiredRow() {}

    public DesiredRow(Desired desired) {
        this.key = new GraphKey(desired.id());
        set(desired);
    }

    /** Takes over everything but the key. */
    public final void set(Desired desired) {
        this.generation = desired.generation();
        this.revision = desired.revision();
        this.state = desired.state();
        this.descriptor = desired.descriptor();
        this.services = JsonArray.ofStrings(desired.services());
        this.provisional = desired.provisional();
        this.overrideStrategies = WishJson.of(desired.override());
        this.wishNumber = desired.wish().number();
        this.wish = WishJson.of(desired.wish());
        this.activated = JsonArray.ofStrings(new TreeSet<>(desired.activated()));
        this.retiring = Members.ofTexts(desired.retiring());
        this.paused = desired.paused();
        this.descriptorRevision = desired.descriptorRevision();
        this.warnings = JsonArray.ofStrings(desired.warnings());
        this.createdAt = desired.createdAt();
        this.updatedAt = desired.updatedAt();
    }

    public Desired desired() {
        return new Desired(
                key.id(),
                generation,
                revision,
                state,
                Fields.of(descriptor).object(),
                Fields.texts(services),
                provisional,
                WishJson.override(overrideStrategies),
                WishJson.wish(wishNumber, wish),
                Set.copyOf(Fields.texts(activated)),
                Fields.of(retiring).texts(),
                paused,
                descriptorRevision,
                Fields.texts(warnings),
                createdAt,
                updatedAt);
    }
}
