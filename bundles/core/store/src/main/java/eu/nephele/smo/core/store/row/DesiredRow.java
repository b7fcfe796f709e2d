// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.Desired.Declaration;
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

/** Desired state of a graph; the descriptor as it was sent. */
@Entity
@Table(name = "desired")
public class DesiredRow {

    public static final String INSERT = "insert into desired (generation, revision, state, descriptor, services,"
            + " provisional, override_strategies, wish_number, wish, activated, retiring, holds, paused, descriptor_revision,"
            + " warnings, priority, created_at, updated_at, project, name)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    public static final String UPDATE = "update desired set generation = ?, revision = ?, state = ?, descriptor = ?,"
            + " services = ?, provisional = ?, override_strategies = ?, wish_number = ?, wish = ?, activated = ?,"
            + " retiring = ?, holds = ?, paused = ?, descriptor_revision = ?, warnings = ?, priority = ?, created_at = ?,"
            + " updated_at = ?"
            + " where project = ? and name = ?";

    @EmbeddedId
    private GraphKey key = new GraphKey();

    private long generation;

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

    @Convert(converter = JsonColumn.class)
    @Column(name = "holds")
    private JsonValue holds = JsonObject.EMPTY;

    private boolean paused;

    @Column(name = "descriptor_revision")
    private long descriptorRevision;

    @Convert(converter = JsonColumn.class)
    @Column(name = "warnings")
    private JsonValue warnings = JsonArray.EMPTY;

    private int priority;

    @Convert(converter = InstantColumn.class)
    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Convert(converter = InstantColumn.class)
    @Column(name = "updated_at")
    private Instant updatedAt = Instant.EPOCH;

    protected DesiredRow() {}

    public static Object[] values(Desired desired) {
        return new Object[] {
            desired.generation(),
            desired.revision(),
            desired.state().name(),
            desired.declaration().descriptor().toJson(),
            JsonArray.ofStrings(desired.declaration().services()).toJson(),
            desired.provisional(),
            WishJson.write(desired.declaration().override()).toJson(),
            desired.wish().number(),
            WishJson.write(desired.wish()).toJson(),
            JsonArray.ofStrings(new TreeSet<>(desired.activated())).toJson(),
            JsonFieldWriter.ofTexts(desired.retiring()).toJson(),
            HoldsJson.write(desired.holds()).toJson(),
            desired.paused(),
            desired.declaration().revision(),
            JsonArray.ofStrings(desired.declaration().warnings()).toJson(),
            desired.declaration().priority(),
            InstantColumn.text(desired.times().createdAt()),
            InstantColumn.text(desired.times().updatedAt()),
            desired.id().project(),
            desired.id().name()
        };
    }

    /** As it comes back. */
    public static Desired stored(Desired desired) {
        Timestamps times = desired.times();
        Timestamps stored =
                new Timestamps(InstantColumn.stored(times.createdAt()), InstantColumn.stored(times.updatedAt()));
        return stored.equals(times) ? desired : desired.at(stored);
    }

    public Desired desired() {
        return new Desired(
                key.id(),
                generation,
                revision,
                state,
                new Declaration(
                        JsonFieldReader.from(descriptor).object(),
                        JsonFieldReader.texts(services),
                        priority,
                        WishJson.override(overrideStrategies),
                        descriptorRevision,
                        JsonFieldReader.texts(warnings)),
                provisional,
                WishJson.wish(wishNumber, wish),
                Set.copyOf(JsonFieldReader.texts(activated)),
                JsonFieldReader.from(retiring).texts(),
                HoldsJson.read(holds),
                paused,
                new Timestamps(createdAt, updatedAt));
    }
}
