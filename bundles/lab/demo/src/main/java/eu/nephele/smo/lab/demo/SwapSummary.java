// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Outcome of the placements that were requested during a swap.
 *
 * @param asked observations of the client, by path of the graph
 * @param recorded recorded decisions, by path of the graph
 */
record SwapSummary(
        String from, String to, Map<String, DecisionLoad.Tally> asked, Map<String, RecordedPlacements> recorded) {

    static SwapSummary create(
            RestCalls client,
            String from,
            String to,
            Map<String, DecisionLoad.Tally> asked,
            Map<String, String> marks) {
        Map<String, RecordedPlacements> recorded = new LinkedHashMap<>();
        marks.forEach((graph, mark) -> recorded.put(graph, RecordedPlacements.since(client, graph, mark)));
        return new SwapSummary(from, to, asked, recorded);
    }

    DecisionLoad.Tally tally() {
        return asked.values().stream().reduce(DecisionLoad.Tally.NOTHING, DecisionLoad.Tally::and);
    }

    long byOld() {
        return by(from);
    }

    long byNew() {
        return by(to);
    }

    /** Decisions by a fallback or another strategy. */
    long byOthers() {
        return total() - byOld() - byNew();
    }

    long total() {
        return recorded.values().stream().mapToLong(RecordedPlacements::total).sum();
    }

    /** Requested and recorded for neither version; a surplus of one graph does not compensate for another. */
    long lost() {
        return asked.entrySet().stream()
                .mapToLong(each -> {
                    RecordedPlacements found = recorded.get(each.getKey());
                    long made = found == null ? 0 : found.by(name(from)) + found.by(name(to));
                    return Math.max(0, each.getValue().asked() - made);
                })
                .sum();
    }

    /** Returns the problem; empty if nothing was lost and both versions decided. */
    Optional<String> trouble() {
        DecisionLoad.Tally tally = tally();
        if (tally.failed() > 0) {
            return Optional.of("%d of %d placements failed, the first: %s"
                    .formatted(tally.failed(), tally.asked(), tally.failure().orElse("-")));
        }
        if (lost() > 0) {
            return Optional.of("%d of %d placements are lost".formatted(lost(), tally.asked()));
        }
        return byOld() == 0 || byNew() == 0
                ? Optional.of("%s made %d decisions, %s made %d: that was no swap under load"
                        .formatted(from, byOld(), to, byNew()))
                : Optional.empty();
    }

    TableRenderer table() {
        DecisionLoad.Tally tally = tally();
        return new TableRenderer(
                        "asked", "answered", "on record", "by " + from, "by " + to, "by others", "failed", "lost")
                .row(
                        String.valueOf(tally.asked()),
                        String.valueOf(tally.answered()),
                        String.valueOf(total()),
                        String.valueOf(byOld()),
                        String.valueOf(byNew()),
                        String.valueOf(byOthers()),
                        String.valueOf(tally.failed()),
                        String.valueOf(lost()));
    }

    void addTo(ObjectNode outcome) {
        DecisionLoad.Tally tally = tally();
        outcome.put("swapFrom", from)
                .put("swapTo", to)
                .put("swapAsked", tally.asked())
                .put("swapRecorded", total())
                .put("swapDecidedByOld", byOld())
                .put("swapDecidedByNew", byNew())
                .put("swapFailed", tally.failed())
                .put("swapLost", lost())
                .put("swapLongestAnswerMillis", tally.longestMillis());
    }

    private long by(String version) {
        return recorded.values().stream()
                .mapToLong(found -> found.by(name(version)))
                .sum();
    }

    private static String name(String version) {
        return "%s %s".formatted(PartnerStrategy.STRATEGY, version);
    }
}
