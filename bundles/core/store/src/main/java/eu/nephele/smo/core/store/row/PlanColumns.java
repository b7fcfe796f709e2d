// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.core.contract.store.PlanStore.PlanRecord;

/** Plans in the table {@code plan}. */
public final class PlanColumns {

    private static final String NAMES =
            "id, created_at, expires_at, content, descriptor, override_strategies, request, basis";

    public static final String SELECT = "select " + NAMES + " from plan";
    public static final String INSERT = "insert into plan (" + NAMES + ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

    private PlanColumns() {}

    /** Values for {@link #INSERT}. */
    public static Object[] toRow(PlanRecord plan) {
        return new Object[] {
            plan.plan().id(),
            InstantColumn.text(plan.plan().validity().createdAt()),
            InstantColumn.text(plan.plan().validity().expiresAt()),
            StoredPlanJson.write(plan.plan()).toJson(),
            plan.descriptor()
                    .<JsonValue>map(descriptor -> descriptor)
                    .orElseGet(JsonNull::new)
                    .toJson(),
            WishJson.write(plan.override()).toJson(),
            plan.request()
                    .<JsonValue>map(WishJson::write)
                    .orElseGet(JsonNull::new)
                    .toJson(),
            plan.basis()
        };
    }

    /** @param row read with {@link #SELECT} */
    public static PlanRecord plan(Object... row) {
        RowReader rowReader = new RowReader(row);
        String id = rowReader.text();
        Plan.Validity validity = new Plan.Validity(rowReader.instant(), rowReader.instant());
        return new PlanRecord(
                StoredPlanJson.plan(id, validity, rowReader.json()),
                rowReader.json().asObject(),
                WishJson.override(rowReader.json()),
                rowReader.json().asObject().<PlaceRequest>map(WishJson::request),
                rowReader.text());
    }
}
