// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.core.contract.store.PlanStore.PlanRecord;
import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** A plan. */
@Entity
@SuppressWarnings("UnusedVariable") // plans are counted by their project
@Table(name = "plan")
public class PlanRow {

    @Id
    private String id = "";

    @Convert(converter = InstantColumn.class)
    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Convert(converter = InstantColumn.class)
    @Column(name = "expires_at")
    private Instant expiresAt = Instant.EPOCH;

    @Convert(converter = JsonColumn.class)
    @Column(name = "content")
    private JsonValue content = new JsonNull();

    @Convert(converter = JsonColumn.class)
    @Column(name = "descriptor")
    private JsonValue descriptor = new JsonNull();

    @Convert(converter = JsonColumn.class)
    @Column(name = "override_strategies")
    private JsonValue override = new JsonNull();

    @Convert(converter = JsonColumn.class)
    @Column(name = "request")
    private JsonValue request = new JsonNull();

    private String basis = "";

    private String project = "";

    protected PlanRow() {}

    public PlanRow(PlanRecord plan) {
        this.id = plan.plan().id();
        this.createdAt = plan.plan().validity().createdAt();
        this.expiresAt = plan.plan().validity().expiresAt();
        this.content = StoredPlanJson.write(plan.plan());
        plan.descriptor().ifPresent(graph -> this.descriptor = graph);
        this.override = WishJson.write(plan.override());
        plan.request().ifPresent(asked -> this.request = WishJson.write(asked));
        this.basis = plan.basis();
        this.project = plan.plan().graph().project();
    }

    public PlanRecord plan() {
        return new PlanRecord(
                StoredPlanJson.plan(id, new Plan.Validity(createdAt, expiresAt), content),
                descriptor.asObject(),
                WishJson.override(override),
                request.asObject().<PlaceRequest>map(WishJson::request),
                basis);
    }
}
