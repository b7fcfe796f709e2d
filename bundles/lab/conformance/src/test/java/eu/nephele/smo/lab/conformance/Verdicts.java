// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.Check.Result;
import eu.nephele.smo.lab.conformance.kit.ConformanceKit;
import java.time.Duration;
import java.util.Map;

/** Assertions about reports of the kit. */
final class Verdicts {

    static final Duration BOUND = Duration.ofSeconds(6);

    /** A time limit that the earlier checks do not use up, even on a busy machine. */
    static final Duration AMPLE = BOUND.multipliedBy(5);

    private static final Map<String, Object> NAMED = Map.of(
            "smo.strategy.id", "mine",
            "smo.strategy.capabilities", "levels,splits,history".split(","),
            "smo.objective.name", "mine",
            "smo.forecaster.id", "mine",
            "smo.intent.name", "mine");

    private Verdicts() {}

    /** The report about a service that is published under all names with all capabilities. */
    static ConformanceReport examined(Object service) {
        return examined(service, BOUND);
    }

    static ConformanceReport examined(Object service, Duration bound) {
        ConformanceReport report = ConformanceKit.within(bound).examine(service, NAMED);
        assertThat(report.took()).isLessThan(bound.multipliedBy(3));
        return report;
    }

    static ConformanceReport examinedAs(Object service, String property, String value) {
        return ConformanceKit.within(AMPLE).examine(service, Map.of(property, value));
    }

    /** The first failed check is the expected one, and its detail names the cause. */
    static void fails(ConformanceReport report, String check, String... details) {
        assertThat(report.passed()).as(report.text()).isFalse();
        Check first = report.failed().get(0);
        assertThat(first.name()).as(report.text()).isEqualTo(check);
        for (String detail : details) {
            assertThat(first.detail()).contains(detail);
        }
        assertThat(report.text()).contains("FAILED", check);
    }

    static Result resultOf(ConformanceReport report, String check) {
        return report.checks().stream()
                .filter(each -> each.name().equals(check))
                .findFirst()
                .orElseThrow()
                .result();
    }
}
