// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.plugin.ReplacedStrategies.Activation;
import eu.nephele.smo.core.contract.shadow.ReplayService.Replay;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayRequest;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.contract.store.DecisionStore.Range;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replays the decisions of a range, page by page, newest first, while no live decision waits. */
final class ReplayRun implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRun.class);
    private static final int PAGE = 100;
    private static final long YIELD_MILLIS = 5;

    private final ReplayRequest question;
    private final SubstituteStrategies substituteStrategies;
    private final DecisionStore store;
    private final DecisionTrials trials;
    private final PlacementReplay placements;
    private final ScalingReplay scalings;
    private final ReplayTally tally;
    private final Clock clock;
    private volatile Replay latest;
    private volatile boolean ended;

    ReplayRun(
            String id,
            ReplayRequest question,
            SubstituteStrategies substituteStrategies,
            DecisionStore store,
            DecisionTrials trials,
            PlacementReplay placements,
            Clock clock) {
        this.question = question;
        this.substituteStrategies = substituteStrategies;
        this.store = store;
        this.trials = trials;
        this.placements = placements;
        this.scalings = new ScalingReplay(trials);
        this.clock = clock;
        this.tally = new ReplayTally(id, question, clock.instant());
        this.latest = tally.replay("running", "", Optional.empty());
    }

    Replay latest() {
        return latest;
    }

    void end() {
        ended = true;
    }

    /** Catches everything: callers that wait for the end must see one. */
    @Override
    public void run() {
        try {
            String message = substituteStrategies.former().isPresent()
                    ? goThroughWith(substituteStrategies.former().get())
                    : goThrough();
            latest = tally.replay(ended ? "failed" : "done", message, Optional.of(clock.instant()));
        } catch (RuntimeException e) {
            LOG.warn("replay failed replay={}", latest.id(), e);
            latest = tally.replay("failed", String.valueOf(e.getMessage()), Optional.of(clock.instant()));
        }
    }

    private String goThroughWith(Supplier<Activation> former) {
        latest = tally.replay("running", "The replaced version is starting.", Optional.empty());
        Activation activation = former.get();
        try {
            return goThrough();
        } finally {
            activation.close();
        }
    }

    private String goThrough() {
        Range range = new Range(
                question.graph(),
                question.kind().map(kind -> DecisionKind.valueOf(kind.toUpperCase(Locale.ROOT))),
                question.from(),
                question.until(),
                "");
        int left = question.limit();
        while (left > 0) {
            List<DecisionRecord> page = store.list(range, Math.min(PAGE, left));
            for (DecisionRecord decision : page) {
                waitForLiveDecisions();
                if (ended) {
                    return "The replay was cancelled, or the server closes its journal; start it again afterwards.";
                }
                tally.add(decision, verdict(decision));
            }
            latest = tally.replay("running", "", Optional.empty());
            left -= page.size();
            if (page.size() < PAGE) {
                return "";
            }
            range = range.after(page.get(page.size() - 1));
        }
        return "The limit of %d decisions was reached; older ones of the range were not replayed."
                .formatted(question.limit());
    }

    private ReplayResult verdict(DecisionRecord decision) {
        String kind = decision.kind().name().toLowerCase(Locale.ROOT);
        if (substituteStrategies.leaveOut(kind)) {
            return new ReplayResult.NotReplayed(
                    "%s is not a %s strategy".formatted(question.strategy().orElse(""), kind));
        }
        try {
            return decision.kind() == DecisionKind.PLACEMENT
                    ? placements.replay(decision, substituteStrategies.find(kind))
                    : scalings.replay(decision, substituteStrategies.find(kind));
        } catch (IllegalArgumentException e) {
            // A record of an older program lacks what is needed now; the others are replayed all the same.
            LOG.debug("replaying decision failed decision={}", decision.id(), e);
            return new ReplayResult.NotReplayed("it was written by another version of this program");
        }
    }

    private void waitForLiveDecisions() {
        if (trials.crowded()) {
            latest = tally.replay("running", "The replay waits: live decisions use all threads.", Optional.empty());
        }
        while (!ended && trials.crowded()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(YIELD_MILLIS));
        }
    }
}
