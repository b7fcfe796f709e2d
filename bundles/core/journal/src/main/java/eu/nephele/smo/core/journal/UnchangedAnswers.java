// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Detects scaling answers that equal the last ones: thousands of graphs that keep their replicas would otherwise evict
 * the changes from the journal. An unchanged answer is recorded again from time to time, with its present numbers.
 */
final class UnchangedAnswers {

    /** Answers without the numbers that follow the load. */
    private record Answers(long generation, String outcome, List<UnchangedService> services) {}

    private record UnchangedService(
            String service,
            ClusterId cluster,
            int replicas,
            boolean keep,
            boolean load,
            StrategyRef decidedBy,
            boolean fallback,
            List<String> faults) {}

    private record Noted(Answers answers, Instant at) {}

    private final Duration every;
    // oldest first
    private final Map<GraphId, Noted> noted = new LinkedHashMap<>();

    /** @param every for so long an unchanged answer is not recorded again; zero: each is recorded */
    UnchangedAnswers(Duration every) {
        this.every = every;
    }

    /** Returns whether this is to be noted, and counts it as noted then. At least one outcome, all of one graph. */
    synchronized boolean isNews(List<ScalingOutcome> outcomes, long generation, String outcome) {
        GraphId graph = outcomes.get(0).target().graph();
        Instant now = outcomes.get(0).at();
        Answers answers = new Answers(
                generation,
                outcome,
                outcomes.stream().map(UnchangedAnswers::service).toList());
        forgetOld(now);
        Noted last = noted.get(graph);
        boolean stands = last != null && last.answers().equals(answers) && counts(last, now);
        if (!stands) {
            forget(graph);
            noted.put(graph, new Noted(answers, now));
        }
        return !stands;
    }

    /** Something else was noted of a graph meanwhile. */
    synchronized void forget(GraphId graph) {
        noted.remove(graph);
    }

    private static UnchangedService service(ScalingOutcome outcome) {
        return new UnchangedService(
                outcome.target().service(),
                outcome.target().cluster(),
                outcome.target().replicas(),
                outcome.answer() instanceof ScalingResult.Keep,
                outcome.target().demandPerSecond().isPresent(),
                outcome.decidedBy(),
                outcome.fallback(),
                outcome.faults().stream().map(StrategyFault::what).toList());
    }

    /** Forgets old answers, also those of removed graphs. */
    private void forgetOld(Instant now) {
        Iterator<Noted> each = noted.values().iterator();
        while (each.hasNext() && !counts(each.next(), now)) {
            each.remove();
        }
    }

    /** Not one of a time to come either: the clock was set back. */
    private boolean counts(Noted last, Instant now) {
        return !last.at().isAfter(now) && last.at().plus(every).isAfter(now);
    }
}
