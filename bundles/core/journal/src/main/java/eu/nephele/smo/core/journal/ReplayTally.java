// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.core.contract.shadow.ReplayService.Difference;
import eu.nephele.smo.core.contract.shadow.ReplayService.Question;
import eu.nephele.smo.core.contract.shadow.ReplayService.Replay;
import eu.nephele.smo.core.contract.shadow.ReplayService.Skipped;
import eu.nephele.smo.core.contract.shadow.ShadowReport.Term;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.journal.Verdict.Replayed;
import eu.nephele.smo.core.journal.Verdict.Sum;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what a replay comes to. Not thread-safe. */
final class ReplayTally {

    private static final int DIFFERENCES = 100;
    private static final int TEXT = 2_000;

    private final String id;
    private final Question question;
    private final Instant startedAt;
    private final Map<String, Long> skipped = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final Map<String, Term> terms = new TreeMap<>();
    private long decisions;
    private long replayed;
    private long identical;

    ReplayTally(String id, Question question, Instant startedAt) {
        this.id = id;
        this.question = question;
        this.startedAt = startedAt;
    }

    void add(DecisionRecord decision, Verdict verdict) {
        decisions++;
        if (verdict instanceof Verdict.Skipped not) {
            skipped.merge(not.why(), 1L, Long::sum);
        } else if (verdict instanceof Replayed again) {
            replayed++;
            identical += again.same() ? 1 : 0;
            again.terms().forEach(this::add);
            if (!again.same() && differences.size() < DIFFERENCES) {
                differences.add(new Difference(
                        decision.id(),
                        decision.graph().toString(),
                        shortened(again.recorded()),
                        shortened(again.replayed())));
            }
        }
    }

    private void add(Sum sum) {
        terms.merge(
                sum.objective(),
                new Term(sum.objective(), sum.unit(), sum.recorded(), sum.replayed()),
                (one, other) -> new Term(
                        one.objective(), one.unit(), one.live() + other.live(), one.shadow() + other.shadow()));
    }

    private static String shortened(String text) {
        return text.length() <= TEXT ? text : text.substring(0, TEXT) + "…";
    }

    Replay replay(String state, String message, Optional<Instant> finishedAt) {
        return new Replay(
                id,
                question,
                state,
                message,
                decisions,
                replayed,
                identical,
                skipped.entrySet().stream()
                        .map(entry -> new Skipped(entry.getKey(), entry.getValue()))
                        .toList(),
                differences,
                List.copyOf(terms.values()),
                startedAt,
                finishedAt);
    }
}
