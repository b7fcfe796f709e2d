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

    public static final String INSERT = "insert into desired (generation, revision, state, descriptor, services,"
            + " provisional, override_strategies, wish_number, wish, activated, retiring, paused, descriptor_revision,"
            + " warnings, created_at, updated_at, project, name)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    public static final String UPDATE = "update desired set generation = ?, revision = ?, state = ?, descriptor = ?,"
            + " services = ?, provisional = ?, override_strategies = ?, wish_number = ?, wish = ?, activated = ?,"
            + " retiring = ?, paused = ?, descriptor_revision = ?, warnings = ?, created_at = ?, updated_at = ?"
            + " where project = ? and name = ?";

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

    /** Values for {@link #INSERT} and {@link #UPDATE}. */
    public static Object[] values(Desired desired) {
        return new Object[] {
            desired.generation(),
            desired.revision(),
            desired.state().name(),
            desired.descriptor().toJson(),
            JsonArray.ofStrings(desired.services()).toJson(),
            desired.provisional(),
            WishJson.of(desired.override()).toJson(),
            desired.wish().number(),
            WishJson.of(desired.wish()).toJson(),
            JsonArray.ofStrings(new TreeSet<>(desired.activated())).toJson(),
            Members.ofTexts(desired.retiring()).toJson(),
            desired.paused(),
            desired.descriptorRevision(),
            JsonArray.ofStrings(desired.warnings()).toJson(),
            InstantColumn.text(desired.createdAt()),
            InstantColumn.text(desired.updatedAt()),
            desired.id().project(),
            desired.id().name()
        };
    }

    /** As it comes back. */
    public static Desired stored(Desired desired) {
        Instant created = InstantColumn.stored(desired.createdAt());
        Instant updated = InstantColumn.stored(desired.updatedAt());
        return created.equals(desired.createdAt()) && updated.equals(desired.updatedAt())
                ? desired
                : desired.at(created, updated);
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
