// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import eu.nephele.smo.lab.conformance.Check;
import eu.nephele.smo.lab.conformance.ConformanceKit;
import eu.nephele.smo.lab.conformance.ConformanceReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What all contracts have in common: one test per check of the conformance kit, the same that the server runs when the plug-in is
 * installed. A check that does not apply is shown as skipped, with the reason.
 */
public abstract class PluginContract {

    PluginContract() {}

    abstract Object plugin();

    /**
     * The properties that the plug-in is published with. Those of its {@code @Component} annotation unless overridden; none when
     * the class is no component.
     */
    protected Map<String, ?> serviceProperties() {
        return ComponentProperties.of(plugin().getClass());
    }

    /** Parameters to examine a strategy with, where its own defaults make no sense; empty: the defaults. */
    protected Optional<Record> parameters() {
        return Optional.empty();
    }

    /** Wall-clock time for all checks together; what does not fit in is skipped. */
    protected Duration within() {
        return Duration.ofSeconds(20);
    }

    @TestFactory
    Stream<DynamicTest> passesTheConformanceKit() {
        ConformanceKit kit = ConformanceKit.within(within());
        ConformanceReport report =
                parameters().map(kit::withParameters).orElse(kit).examine(plugin(), serviceProperties());
        return report.checks().stream().map(check -> DynamicTest.dynamicTest(check.name(), () -> verdict(check)));
    }

    private static void verdict(Check check) {
        switch (check.result()) {
            case PASSED -> {}
            case SKIPPED, UNTRIED -> abort(check.detail());
            case FAILED -> fail("%s: %s", check.name(), check.detail());
        }
    }
}
