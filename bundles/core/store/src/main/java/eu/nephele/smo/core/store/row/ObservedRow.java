// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.core.contract.store.Observed;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.EmbeddedId;
import javax.persistence.Entity;
import javax.persistence.EnumType;
import javax.persistence.Enumerated;
import javax.persistence.Table;

/** What was seen of a graph. */
@Entity
@SuppressWarnings("UnusedVariable") // JPA reads the key
@Table(name = "observed")
public class ObservedRow {

    @EmbeddedId
    private GraphKey key = new GraphKey();

    @Column(name = "generation")
    private long generation;

    @Enumerated(EnumType.STRING)
    @Column(name = "phase")
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

    public ObservedRow(GraphId graph, Observed observed) {
        this.key = new GraphKey(graph);
        set(observed);
    }

    /** Takes over everything but the key. */
    public final void set(Observed observed) {
        this.generation = observed.generation();
        this.phase = observed.phase();
        this.conditions = ObservedJson.ofConditions(observed.conditions());
        this.services = ObservedJson.ofServices(observed.services());
        this.convergedGeneration = observed.convergedGeneration();
        this.goodRevision = observed.goodRevision();
        this.drift = ObservedJson.ofDrift(observed.drift());
    }

    public Observed observed() {
        return new Observed(
                phase,
                ObservedJson.conditions(conditions),
                ObservedJson.services(services),
                generation,
                convergedGeneration,
                goodRevision,
                ObservedJson.drift(drift));
    }
}
