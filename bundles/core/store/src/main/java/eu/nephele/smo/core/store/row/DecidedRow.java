// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.store.Decided;
import java.time.Instant;
import java.util.OptionalInt;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.EmbeddedId;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** What was decided about a graph. */
@Entity
@SuppressWarnings("UnusedVariable") // JPA reads the key
@Table(name = "decided")
public class DecidedRow {

    @EmbeddedId
    private GraphKey key = new GraphKey();

    @Column(name = "generation")
    private long generation;

    @Column(name = "wish_number")
    private long wishNumber;

    @Column(name = "assignment")
    private long assignment;

    @Convert(converter = JsonColumn.class)
    @Column(name = "placement")
    private JsonValue placement = JsonArray.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "leaving")
    private JsonValue leaving = JsonArray.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "held")
    private JsonValue held = JsonArray.EMPTY;

    @Column(name = "break_first")
    private boolean breakFirst;

    @Convert(converter = JsonColumn.class)
    @Column(name = "undoing")
    private JsonValue undoing = JsonObject.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "homes")
    private JsonValue homes = JsonArray.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "moves")
    private JsonValue moves = JsonArray.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "services")
    private JsonValue services = JsonArray.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "clusters")
    private JsonValue clusters = JsonArray.EMPTY;

    @Column(name = "decision_id")
    private String decisionId = "";

    @Column(name = "strategies")
    private String strategies = "";

    @Column(name = "keep_placement")
    private String keepPlacement = "";

    @Column(name = "max_replicas_overall")
    private @Nullable Integer maxReplicasOverall;

    @Convert(converter = JsonColumn.class)
    @Column(name = "warnings")
    private JsonValue warnings = JsonArray.EMPTY;

    @Convert(converter = InstantColumn.class)
    @Column(name = "decided_at")
    private Instant decidedAt = Instant.EPOCH;

    protected DecidedRow() {}

    public DecidedRow(GraphId graph, Decided decided) {
        this.key = new GraphKey(graph);
        set(decided);
    }

    /** Takes over everything but the key. */
    public final void set(Decided decided) {
        this.generation = decided.generation();
        this.wishNumber = decided.wishNumber();
        this.assignment = decided.assignment();
        this.placement = DecidedJson.of(decided.placement());
        this.leaving = DecidedJson.of(decided.leaving());
        this.held = DecidedJson.ofHeld(decided.held());
        this.breakFirst = decided.breakFirst();
        this.undoing = OperationJson.ofFault(decided.undoing());
        this.homes = DecidedJson.ofHomes(decided.homes());
        this.moves = DecidedJson.ofMoves(decided.moves());
        this.services = DecidedJson.ofServices(decided.services());
        this.clusters = DecidedJson.ofClusters(decided.clusters());
        this.decisionId = decided.decisionId();
        this.strategies = decided.strategies();
        this.keepPlacement = decided.keepPlacement();
        this.maxReplicasOverall = decided.maxReplicasOverall().isPresent()
                ? (Integer) decided.maxReplicasOverall().getAsInt()
                : null;
        this.warnings = JsonArray.ofStrings(decided.warnings());
        this.decidedAt = decided.decidedAt();
    }

    public Decided decided() {
        return new Decided(
                generation,
                wishNumber,
                assignment,
                DecidedJson.placement(placement),
                DecidedJson.placement(leaving),
                DecidedJson.held(held),
                breakFirst,
                OperationJson.fault(undoing),
                DecidedJson.homes(homes),
                DecidedJson.moves(moves),
                DecidedJson.services(services),
                DecidedJson.clusters(clusters),
                decisionId,
                strategies,
                keepPlacement,
                maxReplicasOverall == null ? OptionalInt.empty() : OptionalInt.of(maxReplicasOverall),
                Fields.texts(warnings),
                decidedAt);
    }
}
