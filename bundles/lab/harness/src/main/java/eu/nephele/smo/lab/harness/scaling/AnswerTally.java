// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import eu.nephele.smo.lab.harness.exact.ValueSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects decisions of one kind. */
final class AnswerTally {

    private final String key;
    private final String title;
    private final Consumer<String> findings;
    private final List<Double> millis = new ArrayList<>();
    private int good;
    private int proven;
    private double worstGapPercent;

    /** @param findings takes what is wrong, for people */
    AnswerTally(String key, String title, Consumer<String> findings) {
        this.key = key;
        this.title = title;
        this.findings = findings;
    }

    /**
     * @param name with which the request can be made again
     * @param flaw what else is wrong with the decision; "" if nothing is
     */
    void add(ScalingDecision decision, String name, String flaw) {
        String wrong = decision.flaw().isEmpty() ? flaw : decision.flaw();
        millis.add(decision.millis());
        if (!wrong.isEmpty()) {
            findings.accept("%s, %s: %s".formatted(title, name, wrong));
            return;
        }
        good++;
        proven += decision.gap() == 0 ? 1 : 0;
        worstGapPercent = Math.max(worstGapPercent, decision.gapPercent());
    }

    boolean areAllProven() {
        return proven == millis.size();
    }

    double worstGapPercent() {
        return worstGapPercent;
    }

    double medianMillis() {
        return summary().median();
    }

    ScalingFigure figure(String goal, boolean reached) {
        return new ScalingFigure(
                key,
                title,
                millis.size(),
                good,
                proven,
                summary(),
                worstGapPercent,
                goal,
                reached && good == millis.size());
    }

    private ValueSummary summary() {
        return ValueSummary.summarise("ms", millis);
    }
}
