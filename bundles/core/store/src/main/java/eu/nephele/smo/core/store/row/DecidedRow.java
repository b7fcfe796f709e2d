// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.Constraints;
import eu.nephele.smo.core.contract.store.DecidedGraph.Provenance;
import eu.nephele.smo.core.contract.store.DecidedGraph.Transition;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.EmbeddedId;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Decision about a graph. */
@Entity
@SuppressWarnings("UnusedVariable") // JPA reads the key
@Table(name = "decided")
public class DecidedRow {

    public static final String INSERT = "insert into decided (generation, wish_number, assignment, placement, leaving,"
            + " held, break_first, undoing, homes, moves, services, clusters, decision_id, strategies, keep_placement,"
            + " max_replicas_overall, warnings, improvable, decided_at, project, name)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    public static final String UPDATE = "update decided set generation = ?, wish_number = ?, assignment = ?,"
            + " placement = ?, leaving = ?, held = ?, break_first = ?, undoing = ?, homes = ?, moves = ?, services = ?,"
            + " clusters = ?, decision_id = ?, strategies = ?, keep_placement = ?, max_replicas_overall = ?,"
            + " warnings = ?, improvable = ?, decided_at = ? where project = ? and name = ?";

    @EmbeddedId
    private GraphKey key = new GraphKey();

    private long generation;

    @Column(name = "wish_number")
    private long wishNumber;

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

    @Convert(converter = ClustersColumn.class)
    @Column(name = "clusters")
    private List<ClusterId> clusters = List.of();

    @Column(name = "decision_id")
    private String decisionId = "";

    private String strategies = "";

    @Column(name = "keep_placement")
    private String keepPlacement = "";

    @Column(name = "max_replicas_overall")
    private @Nullable Integer maxReplicasOverall;

    @Convert(converter = JsonColumn.class)
    @Column(name = "warnings")
    private JsonValue warnings = JsonArray.EMPTY;

    private boolean improvable;

    @Convert(converter = InstantColumn.class)
    @Column(name = "decided_at")
    private Instant decidedAt = Instant.EPOCH;

    protected DecidedRow() {}

    public static @Nullable Object[] values(GraphId graph, DecidedGraph decided) {
        return new @Nullable Object[] {
            decided.generation(),
            decided.wishNumber(),
            decided.assignment(),
            DecidedJson.write(decided.placement()).toJson(),
            DecidedJson.write(decided.transition().leaving()).toJson(),
            DecidedJson.ofHeld(decided.transition().held()).toJson(),
            decided.transition().breakFirst(),
            StoredOperationJson.ofFault(decided.undoing()).toJson(),
            DecidedJson.ofHomes(decided.homes()).toJson(),
            DecidedJson.ofMoves(decided.moves()).toJson(),
            DecidedJson.ofServices(decided.constraints().services()).toJson(),
            DecidedJson.ofClusters(decided.provenance().clusters()).toJson(),
            decided.provenance().decisionId(),
            decided.provenance().strategies(),
            decided.constraints().keepPlacement(),
            decided.constraints().maxReplicasOverall().isPresent()
                    ? (Integer) decided.constraints().maxReplicasOverall().getAsInt()
                    : null,
            JsonArray.ofStrings(decided.constraints().warnings()).toJson(),
            decided.provenance().improvable(),
            InstantColumn.text(decided.decidedAt()),
            graph.project(),
            graph.name()
        };
    }

    /** As it comes back. */
    public static DecidedGraph stored(DecidedGraph decided) {
        Instant at = InstantColumn.stored(decided.decidedAt());
        return at.equals(decided.decidedAt()) ? decided : decided.decidedAt(at);
    }

    public DecidedGraph decided() {
        return new DecidedGraph(
                generation,
                wishNumber,
                assignment,
                DecidedJson.placement(placement),
                new Transition(DecidedJson.placement(leaving), DecidedJson.held(held), breakFirst),
                StoredOperationJson.fault(undoing),
                DecidedJson.homes(homes),
                DecidedJson.moves(moves),
                new Constraints(
                        DecidedJson.services(services),
                        maxReplicasOverall == null ? OptionalInt.empty() : OptionalInt.of(maxReplicasOverall),
                        keepPlacement,
                        JsonFieldReader.texts(warnings)),
                new Provenance(decisionId, strategies, clusters, improvable),
                decidedAt);
    }
}
