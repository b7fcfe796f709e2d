// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.store.PlanStore;
import eu.nephele.smo.core.store.row.InstantColumn;
import eu.nephele.smo.core.store.row.PlanRow;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans in the table {@code plan}. */
@Component(service = PlanStore.class)
public final class JpaPlanStore implements PlanStore {

    private final Transactions transactions;
    private final ProjectQuotas quotas;

    @Activate
    public JpaPlanStore(@Reference Database database) {
        this.transactions = database.transactions();
        this.quotas = database.quotas();
    }

    @Override
    public void insert(PlanRecord plan) {
        transactions.write("store plan " + plan.plan().id(), entities -> {
            Sql sql = new Sql(entities);
            String project = plan.plan().graph().project();
            Instant now = plan.plan().validity().createdAt();
            new QuotaCheck(sql, quotas)
                    .admit(project, QuotaMember.PLANS, 1, () -> JpaQuotaStore.plans(sql, project, now));
            entities.persist(new PlanRow(plan));
            return true;
        });
    }

    @Override
    public Optional<PlanRecord> find(String id) {
        return transactions.read("read plan " + id, entities -> Optional.ofNullable(entities.find(PlanRow.class, id))
                .map(PlanRow::plan));
    }

    @Override
    public long prune(Instant expiredBefore) {
        return new BatchedDelete(transactions, "prune the plans").run(entities -> new Sql(entities)
                .update(
                        "delete from plan where id in (select id from plan where expires_at < ?1"
                                + " order by expires_at" + BatchedDelete.first(BatchedDelete.STEP) + ")",
                        InstantColumn.text(expiredBefore)));
    }
}
