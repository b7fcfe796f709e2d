// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.quota.QuotaMember;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The quotas of all projects in memory, read again after each change: a change of a project without limits costs no
 * statement. Whoever finds a limit here locks the row of the project and reads it again.
 */
final class ProjectQuotas {

    private static final String OWN = "select q.project, l.member, l.upper_limit from quota q"
            + " left join quota_limit l on l.project = q.project where q.own = true";

    private final BooleanSupplier kept;
    private volatile Map<QuotaMember, Long> usual = Map.of();
    private Optional<Map<String, Map<QuotaMember, Long>>> own = Optional.empty();
    private long changes;

    /** @param kept whether no other server changes quotas; else they are read each time */
    ProjectQuotas(BooleanSupplier kept) {
        this.kept = kept;
    }

    void usual(Map<QuotaMember, Long> limits) {
        usual = Map.copyOf(limits);
    }

    Map<QuotaMember, Long> usual() {
        return usual;
    }

    Map<QuotaMember, Long> limits(Sql sql, String project) {
        return own(sql).getOrDefault(project, usual);
    }

    Map<String, Map<QuotaMember, Long>> own(Sql sql) {
        // before the read: what was read while another server was the owner may have been changed by it since
        boolean keep = kept.getAsBoolean();
        long before;
        synchronized (this) {
            own = keep ? own : Optional.empty();
            if (own.isPresent()) {
                return own.get();
            }
            before = changes;
        }
        Map<String, Map<QuotaMember, Long>> read = read(sql);
        synchronized (this) {
            // what was read beside a change may be what was before it
            own = keep && before == changes ? Optional.of(read) : own;
        }
        return read;
    }

    private static Map<String, Map<QuotaMember, Long>> read(Sql sql) {
        Map<String, Map<QuotaMember, Long>> read = new HashMap<>();
        for (Object[] row : sql.rows(OWN)) {
            Map<QuotaMember, Long> limits = read.computeIfAbsent((String) row[0], any -> new TreeMap<>());
            if (row[1] != null) {
                limits.put(new QuotaMember((String) row[1]), ((Number) row[2]).longValue());
            }
        }
        return read;
    }

    synchronized void forget() {
        changes++;
        own = Optional.empty();
    }
}
