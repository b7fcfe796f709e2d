// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.quota;

import eu.nephele.smo.api.runtime.SmoException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request that a quota does not allow.
 *
 * @param used what the project has now
 * @param requested what it would have in addition
 */
public record QuotaExcess(String project, QuotaMember member, long used, long requested, long limit) {

    /** {@code quota of project shop: cpu 8 of 8 used, 2 more needed}. */
    public String summary() {
        return "quota of project %s: %s".formatted(project, amounts());
    }

    private String amounts() {
        return "%s %s of %s used, %s more needed"
                .formatted(member.name(), member.shown(used), member.shown(limit), member.shown(requested));
    }

    public SmoException exception() {
        return refusal(List.of(this));
    }

    /**
     * The refusal, with what the caller can do.
     *
     * @param all of one project, one or more
     */
    public static SmoException refusal(List<QuotaExcess> all) {
        String project = all.get(0).project();
        Map<String, Map<String, String>> reasons = new TreeMap<>();
        all.forEach(excess -> reasons.put(excess.member.name(), excess.facts()));
        return SmoException.overQuota(
                "Quota of project %s: %s. Remove or stop something of the project, ask for less, or have an administrator raise it (PUT /api/v1/quotas/%s)"
                        .formatted(
                                project,
                                all.stream().map(QuotaExcess::amounts).collect(Collectors.joining("; ")),
                                project),
                reasons);
    }

    private Map<String, String> facts() {
        return Map.of(
                "project", project,
                "used", Long.toString(used),
                "requested", Long.toString(requested),
                "limit", Long.toString(limit));
    }
}
