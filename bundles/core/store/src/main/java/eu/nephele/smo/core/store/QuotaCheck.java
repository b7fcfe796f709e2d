// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.quota.QuotaExcess;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.quota.QuotaPart;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Compares a change with the quota of its project, in the transaction of the change. Changes of one project that a quota
 * concerns take turns on its row, so that two of them never share the last place. The row is taken after that of the
 * graph and before those of the ledger.
 */
final class QuotaCheck {

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Sql sql;
    private final ProjectQuotas quotas;

    QuotaCheck(Sql sql, ProjectQuotas quotas) {
        this.sql = sql;
        this.quotas = quotas;
    }

    /**
     * Some more of what is counted.
     *
     * @param used counts those that the project has without them
     * @throws eu.nephele.smo.api.runtime.SmoException {@code OVER_QUOTA}
     */
    void admit(String project, QuotaMember member, long more, LongSupplier used) {
        if (!quotas.limits(sql, project).containsKey(member)) {
            return;
        }
        Long limit = locked(project).get(member);
        if (limit != null) {
            long present = used.getAsLong();
            if (more > limit - present) {
                throw new QuotaExcess(project, member, present, more, limit).exception();
            }
        }
    }

    /**
     * Returns whether a reservation takes no more than before, or no more than is left, of each limited resource.
     *
     * @param held part of it that is no part of the placement
     */
    boolean fits(GraphId graph, Map<ClusterId, Resources> reservation, Map<ClusterId, Resources> held) {
        if (!limitsAmounts(quotas.limits(sql, graph.project()))) {
            return true;
        }
        Map<String, Long> wanted = placed(reservation, held);
        return parts(graph, locked(graph.project())).entrySet().stream()
                .noneMatch(part -> part.getValue().isExceededBy(wanted.getOrDefault(part.getKey(), 0L)));
    }

    /** What placements take of each limited resource, by its name in the ledger. */
    Map<String, QuotaPart> parts(GraphId graph) {
        return parts(graph, quotas.limits(sql, graph.project()));
    }

    private Map<String, QuotaPart> parts(GraphId graph, Map<QuotaMember, Long> limits) {
        if (!limitsAmounts(limits)) {
            return Map.of();
        }
        Map<String, Long> all = placed(sql, graph.project());
        Map<String, Long> own = new HashMap<>();
        sql.rows(
                        "select resource, sum(amount - held) from reservation where project = ?1 and name = ?2 group by resource",
                        graph.project(),
                        graph.name())
                .forEach(row -> own.put((String) row[0], amount(row[1])));
        Map<String, QuotaPart> parts = new HashMap<>();
        limits.forEach((member, limit) -> {
            if (!member.isCounted()) {
                String resource = member.resource();
                long mine = own.getOrDefault(resource, 0L);
                parts.put(resource, new QuotaPart(all.getOrDefault(resource, 0L) - mine, mine, limit));
            }
        });
        return parts;
    }

    /** What all placements of a project take, by the name of the resource. */
    static Map<String, Long> placed(Sql sql, String project) {
        Map<String, Long> placed = new HashMap<>();
        sql.rows("select resource, sum(amount - held) from reservation where project = ?1 group by resource", project)
                .forEach(row -> placed.put((String) row[0], amount(row[1])));
        return placed;
    }

    /** A sum, which may be larger than any number here: amounts may be unlimited. */
    private static long amount(Object sum) {
        return new BigDecimal(sum.toString()).min(MOST).longValue();
    }

    private static Map<String, Long> placed(Map<ClusterId, Resources> reservation, Map<ClusterId, Resources> held) {
        Resources total = Resources.NONE;
        for (Map.Entry<ClusterId, Resources> part : reservation.entrySet()) {
            total = total.plus(part.getValue().minusFloored(held.getOrDefault(part.getKey(), Resources.NONE)));
        }
        return total.byName();
    }

    private static boolean limitsAmounts(Map<QuotaMember, Long> limits) {
        return limits.keySet().stream().anyMatch(member -> !member.isCounted());
    }

    /** The limits as they are until the end of the transaction. */
    private Map<QuotaMember, Long> locked(String project) {
        return lock(sql, project) ? limits(project) : quotas.usual();
    }

    /**
     * Until the end of the transaction.
     *
     * @return whether the project has limits of its own
     */
    static boolean lock(Sql sql, String project) {
        sql.update("insert into quota (project, own) values (?1, false) on conflict do nothing", project);
        return (Boolean) sql.values("select own from quota where project = ?1 for update", project)
                .get(0);
    }

    private Map<QuotaMember, Long> limits(String project) {
        Map<QuotaMember, Long> limits = new HashMap<>();
        sql.rows("select member, upper_limit from quota_limit where project = ?1", project)
                .forEach(row -> limits.put(new QuotaMember((String) row[0]), ((Number) row[1]).longValue()));
        return limits;
    }

    static long count(Sql sql, String statement, Object... parameters) {
        return ((Number) sql.values(statement, parameters).get(0)).longValue();
    }
}
