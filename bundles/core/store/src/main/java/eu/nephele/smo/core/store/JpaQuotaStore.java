// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.store.QuotaStore;
import eu.nephele.smo.core.store.row.InstantColumn;
import eu.nephele.smo.core.store.row.WebhookRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Quotas in the tables {@code quota} and {@code quota_limit}. */
@Component(service = QuotaStore.class)
public final class JpaQuotaStore implements QuotaStore {

    private static final String GRAPHS = "select count(*) from desired where project = ?1";
    private static final String SERVICES = "select count(*) from service where project = ?1";
    private static final String PLANS = "select count(*) from plan where project = ?1 and expires_at > ?2";

    private final Database database;

    @Activate
    public JpaQuotaStore(@Reference Database database) {
        this.database = database;
    }

    @Override
    public Map<String, Map<QuotaMember, Long>> all() {
        return database.transactions()
                .read("read the quotas", entities -> database.quotas().own(new Sql(entities)));
    }

    @Override
    public Map<QuotaMember, Long> limits(String project) {
        return database.transactions().read("read the quota of project " + project, entities -> database.quotas()
                .limits(new Sql(entities), project));
    }

    @Override
    public void put(String project, Map<QuotaMember, Long> limits) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        limits.forEach((member, limit) -> rows.add(new Object[] {project, member.name(), limit}));
        changed("store the quota of project " + project, entities -> {
            Sql sql = new Sql(entities);
            QuotaCheck.lock(sql, project);
            sql.update("update quota set own = true where project = ?1", project);
            sql.update("delete from quota_limit where project = ?1", project);
            sql.batch("insert into quota_limit (project, member, upper_limit) values (?, ?, ?)", rows);
            return true;
        });
    }

    @Override
    public boolean remove(String project) {
        return changed("remove the quota of project " + project, entities -> {
            Sql sql = new Sql(entities);
            boolean own = QuotaCheck.lock(sql, project);
            // the row stays: others may wait for it
            sql.update("update quota set own = false where project = ?1", project);
            sql.update("delete from quota_limit where project = ?1", project);
            return own;
        });
    }

    private boolean changed(String what, Function<EntityManager, Boolean> work) {
        try {
            return database.transactions().write(what, work);
        } finally {
            database.quotas().forget();
        }
    }

    @Override
    public void usual(Map<QuotaMember, Long> limits) {
        database.quotas().usual(limits);
    }

    @Override
    public Map<QuotaMember, Long> used(String project) {
        return database.transactions().read("read what project " + project + " has", entities -> {
            Sql sql = new Sql(entities);
            Map<QuotaMember, Long> used = new HashMap<>();
            used.put(QuotaMember.GRAPHS, graphs(sql, project));
            used.put(QuotaMember.SERVICES, services(sql, project));
            used.put(QuotaMember.PLANS, plans(sql, project, Instant.now()));
            used.put(QuotaMember.WEBHOOKS, webhooks(entities, project));
            QuotaCheck.placed(sql, project)
                    .forEach((resource, amount) -> used.put(QuotaMember.ofResource(resource), amount));
            return used;
        });
    }

    /** Graphs count until they are gone. */
    static long graphs(Sql sql, String project) {
        return QuotaCheck.count(sql, GRAPHS, project);
    }

    static long services(Sql sql, String project) {
        return QuotaCheck.count(sql, SERVICES, project);
    }

    /** Plans that can be applied at that time. */
    static long plans(Sql sql, String project, Instant now) {
        return QuotaCheck.count(sql, PLANS, project, InstantColumn.text(now));
    }

    /** Webhooks that name the project; there are few of all projects together. */
    static long webhooks(EntityManager entities, String project) {
        return entities.createQuery("select w from WebhookRow w", WebhookRow.class)
                .getResultStream()
                .filter(row -> row.webhook().filter().projects().contains(project))
                .count();
    }
}
