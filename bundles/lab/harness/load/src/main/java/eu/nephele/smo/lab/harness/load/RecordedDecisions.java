// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.contract.store.DecisionStore.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Recorded decisions of a run, and whether each was made by the version that it names: a strategy of this laboratory writes its
 * version into its answer, an objective prices each service with the last part of its version.
 *
 * @param fallbacks decisions that another strategy made
 * @param mixed those whose answer or terms come from another version than the one they name
 */
record RecordedDecisions(long recorded, long fallbacks, long mixed, List<String> examples) {

    private static final int PAGE = 500;
    private static final int MOST_EXAMPLES = 5;
    private static final String NOTE = "version ";

    static RecordedDecisions since(DecisionStore store, Instant begin, Set<String> plugins) {
        Set<String> ids = new HashSet<>();
        List<String> examples = new ArrayList<>();
        long fallbacks = 0;
        long mixed = 0;
        Range range = new Range(
                Optional.empty(),
                Optional.of(DecisionRecord.DecisionKind.PLACEMENT),
                begin.truncatedTo(ChronoUnit.MILLIS),
                Instant.now().plus(Duration.ofMinutes(1)),
                "");
        List<DecisionRecord> page = store.list(range, PAGE);
        while (!page.isEmpty()) {
            for (DecisionRecord each : page) {
                if (each.graph().project().equals(LoadGraph.PROJECT) && ids.add(each.id())) {
                    fallbacks += each.fallback() ? 1 : 0;
                    Optional<String> why = mixed(each, plugins);
                    mixed += why.isPresent() ? 1 : 0;
                    why.filter(text -> examples.size() < MOST_EXAMPLES).ifPresent(examples::add);
                }
            }
            range = range.after(page.get(page.size() - 1));
            page = store.list(range, PAGE);
        }
        return new RecordedDecisions(ids.size(), fallbacks, mixed, List.copyOf(examples));
    }

    /** Returns the problem of a decision; empty if it is consistent. */
    static Optional<String> mixed(DecisionRecord decision, Set<String> plugins) {
        JsonObject details = decision.details();
        if (plugins.contains(decision.strategy().id())) {
            String note = details.get("quality")
                    .flatMap(JsonValue::asObject)
                    .map(quality -> text(quality, "note"))
                    .orElse("");
            if (!note.equals(NOTE + decision.strategy().version())) {
                return Optional.of("%s of %s %s was answered by '%s'"
                        .formatted(
                                decision.id(),
                                decision.strategy().id(),
                                decision.strategy().version(),
                                note));
            }
        }
        return details.get("terms").flatMap(JsonValue::asArray).stream()
                .flatMap(List::stream)
                .flatMap(term -> term.asObject().stream())
                .filter(term -> isOurs(text(term, "objective"), plugins) && !isPricedByItsVersion(term))
                .map(term -> "%s has the term %s".formatted(decision.id(), term))
                .findFirst();
    }

    private static boolean isOurs(String objective, Set<String> plugins) {
        return plugins.stream().anyMatch(plugin -> objective.equals(plugin + "-cost"));
    }

    private static boolean isPricedByItsVersion(JsonObject term) {
        String version = text(term, "version");
        double perService = Double.parseDouble(version.substring(version.lastIndexOf('.') + 1));
        return term.get("value")
                .flatMap(JsonValue::asNumber)
                .filter(value -> Math.abs(value.doubleValue() - LoadGraph.SERVICES * perService) < 0.5)
                .isPresent();
    }

    private static String text(JsonObject object, String member) {
        return object.get(member).flatMap(JsonValue::asString).orElse("");
    }
}
