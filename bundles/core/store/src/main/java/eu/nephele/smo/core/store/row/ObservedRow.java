// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.EmbeddedId;
import javax.persistence.Entity;
import javax.persistence.EnumType;
import javax.persistence.Enumerated;
import javax.persistence.Table;

/** Observed state of a graph. */
@Entity
@SuppressWarnings("UnusedVariable") // JPA reads the key
@Table(name = "observed")
public class ObservedRow {

    public static final String INSERT = "insert into observed (generation, phase, conditions, services,"
            + " converged_generation, good_revision, drift, project, name) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    public static final String UPDATE = "update observed set generation = ?, phase = ?, conditions = ?, services = ?,"
            + " converged_generation = ?, good_revision = ?, drift = ? where project = ? and name = ?";

    @EmbeddedId
    private GraphKey key = new GraphKey();

    private long generation;

    @Enumerated(EnumType.STRING)
    private GraphPhase phase = GraphPhase.PENDING;

    @Convert(converter = JsonColumn.class)
    @Column(name = "conditions")
    private JsonValue conditions = JsonArray.EMPTY;

    @Convert(converter = JsonColumn.class)
    @Column(name = "services")
    private JsonValue services = JsonArray.EMPTY;

    @Column(name = "converged_generation")
    private long convergedGeneration;

    @Column(name = "good_revision")
    private long goodRevision;

    @Convert(converter = JsonColumn.class)
    @Column(name = "drift")
    private JsonValue drift = JsonArray.EMPTY;

    protected ObservedRow() {}

    public static Object[] values(GraphId graph, ObservedGraph observed) {
        return new Object[] {
            observed.generation(),
            observed.phase().name(),
            ObservedJson.ofConditions(observed.conditions()).toJson(),
            ObservedJson.ofServices(observed.services()).toJson(),
            observed.convergedGeneration(),
            observed.goodRevision(),
            ObservedJson.ofDrift(observed.drift()).toJson(),
            graph.project(),
            graph.name()
        };
    }

    public ObservedGraph observed() {
        return new ObservedGraph(
                phase,
                ObservedJson.conditions(conditions),
                ObservedJson.services(services),
                generation,
                convergedGeneration,
                goodRevision,
                ObservedJson.drift(drift));
    }
}
