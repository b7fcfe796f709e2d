// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.quota.QuotaReport;
import eu.nephele.smo.core.contract.quota.QuotaService;
import eu.nephele.smo.core.contract.quota.QuotaUse;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Quotas of projects that have one graph each. */
final class InMemoryQuotas implements QuotaService {

    private final SortedMap<String, Map<String, Long>> kept = new TreeMap<>();

    @Override
    public List<QuotaReport> list(CallContext call) {
        return kept.keySet().stream().map(this::report).toList();
    }

    @Override
    public QuotaReport find(String project, CallContext call) {
        return report(project);
    }

    @Override
    public QuotaReport put(String project, Map<String, Long> limits, CallContext call) {
        kept.put(project, limits);
        return report(project);
    }

    @Override
    public QuotaReport remove(String project, CallContext call) {
        if (kept.remove(project) == null) {
            throw SmoException.notFound("Project %s has no quota of its own".formatted(project));
        }
        return report(project);
    }

    private QuotaReport report(String project) {
        TreeMap<QuotaMember, QuotaUse> members = new TreeMap<>();
        members.put(QuotaMember.GRAPHS, new QuotaUse(1, OptionalLong.empty()));
        kept.getOrDefault(project, Map.of())
                .forEach((name, limit) -> members.put(
                        new QuotaMember(name), new QuotaUse(name.equals("graphs") ? 1 : 0, OptionalLong.of(limit))));
        return new QuotaReport(project, kept.containsKey(project), members);
    }
}
