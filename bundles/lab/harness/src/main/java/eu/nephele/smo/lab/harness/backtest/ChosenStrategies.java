// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The strategies of a backtest. Two names without parameters have a meaning of their own: {@code threshold} is the best of target tracking
 * at 60, 70 and 80 per cent on the load in question, {@code predictive} builds on that one.
 */
record ChosenStrategies(List<Choice> choices) {

    static final String THRESHOLD = "threshold";
    static final String PREDICTIVE = "predictive";
    private static final List<Integer> TARGETS = List.of(60, 70, 80);
    private static final String TRACKING = "{'metrics': [{'metric': 'request_rate', 'utilisationPercent': %d}]}";
    private static final String BUILT_ON =
            "{'base': {'id': 'threshold', 'parameters': {'metrics': [{'metric': 'request_rate', 'utilisationPercent': %d}]}}}";

    /** @param parameters as written; "" for none */
    record Choice(String name, String id, String parameters) {}

    /**
     * {@code id}, {@code id:{…}} or {@code name=id:{…}}, separated by commas.
     *
     * @throws IllegalArgumentException with a message for people
     */
    static ChosenStrategies of(String text) {
        List<Choice> choices = new ArrayList<>();
        for (String part : parts(text)) {
            int brace = part.indexOf(":{");
            String parameters = brace < 0 ? "" : part.substring(brace + 1);
            String head = brace < 0 ? part : part.substring(0, brace);
            int equals = head.indexOf('=');
            String id = head.substring(equals + 1);
            choices.add(new Choice(equals < 0 ? id : head.substring(0, equals), id, parameters));
        }
        if (choices.stream()
                        .anyMatch(
                                choice -> choice.name().isBlank() || choice.id().isBlank())
                || choices.stream().map(Choice::name).distinct().count() != choices.size()) {
            throw new IllegalArgumentException("Expected strategies with names of their own, got '%s'".formatted(text));
        }
        return new ChosenStrategies(choices);
    }

    /** At commas outside of parameters. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char at = i == text.length() ? ',' : text.charAt(i);
            depth += at == '{' || at == '[' ? 1 : at == '}' || at == ']' ? -1 : 0;
            if (at == ',' && (depth == 0 || i == text.length())) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        return parts;
    }

    /** Runs all of them on a load. */
    Map<String, ReplayFigures> run(ReplayedLoad load, ChainFactory chains, LoadTrace trace) {
        Map<Integer, ReplayFigures> byTarget = new LinkedHashMap<>();
        boolean tracked = choices.stream()
                .anyMatch(choice -> choice.parameters().isEmpty()
                        && (choice.id().equals(THRESHOLD) || choice.id().equals(PREDICTIVE)));
        if (tracked) {
            TARGETS.forEach(
                    target -> byTarget.put(target, load.run(tracking(chains, target), chains::forecaster, trace)));
        }
        int best = byTarget.entrySet().stream()
                .min(Comparator.comparing(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse(0);
        Map<String, ReplayFigures> figures = new LinkedHashMap<>();
        for (Choice choice : choices) {
            boolean plain = choice.parameters().isEmpty();
            if (plain && choice.id().equals(THRESHOLD)) {
                trace.same(nameOf(best), choice.name());
                figures.put(choice.name(), byTarget.get(best));
                continue;
            }
            JsonObject parameters = !plain
                    ? ChainFactory.parameters(choice.parameters())
                    : choice.id().equals(PREDICTIVE)
                            ? ChainFactory.parameters(BUILT_ON.formatted(best))
                            : JsonObject.EMPTY;
            figures.put(
                    choice.name(),
                    load.run(chains.chain(choice.name(), choice.id(), parameters), chains::forecaster, trace));
        }
        byTarget.forEach((target, of) -> figures.put(nameOf(target), of));
        return figures;
    }

    private static StrategyChain tracking(ChainFactory chains, int target) {
        return chains.chain(nameOf(target), THRESHOLD, ChainFactory.parameters(TRACKING.formatted(target)));
    }

    private static String nameOf(int target) {
        return THRESHOLD + target;
    }
}
