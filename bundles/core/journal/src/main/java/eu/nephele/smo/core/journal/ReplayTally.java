// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.core.contract.shadow.ReplayService.Replay;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayDifference;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayRequest;
import eu.nephele.smo.core.contract.shadow.ReplayService.SkippedDecisions;
import eu.nephele.smo.core.contract.shadow.ShadowReport.ObjectiveSum;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.journal.ReplayResult.ObjectiveComparison;
import eu.nephele.smo.core.journal.ReplayResult.Replayed;
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
    private final ReplayRequest question;
    private final Instant startedAt;
    private final Map<String, Long> skipped = new TreeMap<>();
    private final List<ReplayDifference> differences = new ArrayList<>();
    private final Map<String, ObjectiveSum> terms = new TreeMap<>();
    private long decisions;
    private long replayed;
    private long identical;

    ReplayTally(String id, ReplayRequest question, Instant startedAt) {
        this.id = id;
        this.question = question;
        this.startedAt = startedAt;
    }

    void add(DecisionRecord decision, ReplayResult replayResult) {
        decisions++;
        if (replayResult instanceof ReplayResult.NotReplayed not) {
            skipped.merge(not.why(), 1L, Long::sum);
        } else if (replayResult instanceof Replayed again) {
            replayed++;
            identical += again.same() ? 1 : 0;
            again.terms().forEach(this::add);
            if (!again.same() && differences.size() < DIFFERENCES) {
                differences.add(new ReplayDifference(
                        decision.id(),
                        decision.graph().toString(),
                        shortened(again.recorded()),
                        shortened(again.replayed())));
            }
        }
    }

    private void add(ObjectiveComparison objectiveComparison) {
        terms.merge(
                objectiveComparison.objective(),
                new ObjectiveSum(
                        objectiveComparison.objective(),
                        objectiveComparison.unit(),
                        objectiveComparison.recorded(),
                        objectiveComparison.replayed()),
                (one, other) -> new ObjectiveSum(
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
                        .map(entry -> new SkippedDecisions(entry.getKey(), entry.getValue()))
                        .toList(),
                differences,
                List.copyOf(terms.values()),
                startedAt,
                finishedAt);
    }
}
