// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.shadow.ShadowReport.ObjectiveSum;
import eu.nephele.smo.core.shadow.ShadowFinding.AnsweredBy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Totals of all findings of a shadow.
 *
 * @param counts by the names below
 * @param terms by objective
 */
record ShadowTotals(Map<String, Long> counts, Map<String, ObjectiveSum> terms) {

    static final ShadowTotals NONE = new ShadowTotals(Map.of(), Map.of());

    static final String COMPARED = "compared";
    static final String AGREED = "agreed";
    static final String ONLY_LIVE = "onlyLive";
    static final String ONLY_SHADOW = "onlyShadow";
    static final String DROPPED = "dropped";
    static final String FAULTS = "faults";
    static final String LIVE_MOVES = "liveMoves";
    static final String SHADOW_MOVES = "shadowMoves";
    static final String LIVE_REPLICAS = "liveReplicas";
    static final String SHADOW_REPLICAS = "shadowReplicas";

    ShadowTotals {
        counts = Map.copyOf(counts);
        terms = Map.copyOf(terms);
    }

    long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    List<ObjectiveSum> sortedTerms() {
        return List.copyOf(new TreeMap<>(terms).values());
    }

    ShadowTotals plus(String name, long more) {
        Map<String, Long> next = new LinkedHashMap<>(counts);
        next.merge(name, more, Long::sum);
        return new ShadowTotals(next, terms);
    }

    ShadowTotals plus(ShadowFinding finding) {
        Map<String, Long> next = new LinkedHashMap<>(counts);
        next.merge(name(finding.verdict()), 1L, Long::sum);
        next.merge(AGREED, finding.agreed() ? 1L : 0L, Long::sum);
        next.merge(FAULTS, finding.fault().isPresent() ? 1L : 0L, Long::sum);
        next.merge(LIVE_MOVES, finding.amounts().liveMoves(), Long::sum);
        next.merge(SHADOW_MOVES, finding.amounts().shadowMoves(), Long::sum);
        next.merge(LIVE_REPLICAS, finding.amounts().liveReplicas(), Long::sum);
        next.merge(SHADOW_REPLICAS, finding.amounts().shadowReplicas(), Long::sum);
        Map<String, ObjectiveSum> more = new LinkedHashMap<>(terms);
        finding.amounts()
                .terms()
                .forEach(objectiveSum -> more.merge(objectiveSum.objective(), objectiveSum, ShadowTotals::sum));
        return new ShadowTotals(next, more);
    }

    private static String name(AnsweredBy answeredBy) {
        return switch (answeredBy) {
            case BOTH -> COMPARED;
            case ONLY_LIVE -> ONLY_LIVE;
            case ONLY_SHADOW -> ONLY_SHADOW;
        };
    }

    private static ObjectiveSum sum(ObjectiveSum one, ObjectiveSum other) {
        return new ObjectiveSum(
                one.objective(), other.unit(), one.live() + other.live(), one.shadow() + other.shadow());
    }

    JsonObject json() {
        JsonFieldWriter fields = new JsonFieldWriter();
        counts.forEach(fields::put);
        return fields.put("terms", JsonFieldWriter.array(sortedTerms(), ShadowTotals::json))
                .object();
    }

    private static JsonObject json(ObjectiveSum sum) {
        return new JsonFieldWriter()
                .put("objective", sum.objective())
                .put("unit", sum.unit())
                .put("live", sum.live())
                .put("shadow", sum.shadow())
                .object();
    }

    static ShadowTotals from(JsonObject json) {
        Map<String, Long> counts = new LinkedHashMap<>();
        json.members()
                .forEach((name, value) -> value.asNumber().ifPresent(number -> counts.put(name, number.longValue())));
        Map<String, ObjectiveSum> terms = new LinkedHashMap<>();
        new JsonFieldReader(json)
                .objects("terms").stream()
                        .map(JsonFieldReader::new)
                        .map(ShadowTotals::term)
                        .forEach(objectiveSum -> terms.put(objectiveSum.objective(), objectiveSum));
        return new ShadowTotals(counts, terms);
    }

    private static ObjectiveSum term(JsonFieldReader fields) {
        return new ObjectiveSum(
                fields.text("objective"), fields.text("unit"), fields.decimal("live"), fields.decimal("shadow"));
    }
}
