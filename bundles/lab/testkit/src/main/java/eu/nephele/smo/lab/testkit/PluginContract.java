// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.Check;
import eu.nephele.smo.lab.conformance.ConformanceReport;
import eu.nephele.smo.lab.conformance.kit.ConformanceKit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Common part of all contracts: one test per check of the conformance kit, the same that the server runs when the plug-in is
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
        return ComponentProperties.read(plugin().getClass());
    }

    /**
     * Parameters to examine a strategy with in this test only; empty: those that the server takes, which are the defaults and what the
     * service property {@code smo.conformance.parameters} declares. A test that gives some without that property fails: the server
     * would examine with others and refuse what the build has passed.
     */
    protected Optional<Record> parameters() {
        return Optional.empty();
    }

    /** Time for all checks together, counted as {@link ConformanceKit#total()} says; what does not fit in is skipped. */
    protected Duration within() {
        return Duration.ofSeconds(20);
    }

    @TestFactory
    Stream<DynamicTest> passesTheConformanceKit() {
        ConformanceKit kit = ConformanceKit.within(within());
        ConformanceReport report =
                parameters().map(kit::withParameters).orElse(kit).examine(plugin(), serviceProperties());
        Stream<DynamicTest> asked =
                report.checks().stream().map(check -> DynamicTest.dynamicTest(check.name(), () -> verdict(check)));
        return parameters().isEmpty()
                ? asked
                : Stream.concat(
                        asked,
                        Stream.of(DynamicTest.dynamicTest(
                                "is examined by the server with these parameters", this::alike)));
    }

    private void alike() {
        if (!serviceProperties().containsKey(PlacementStrategy.EXAMINED_WITH)) {
            fail(
                    "parameters() gives %s and the server knows nothing of it; declare them: @Component(property = \"%s={…}\")",
                    parameters().orElseThrow(), PlacementStrategy.EXAMINED_WITH);
        }
    }

    private static void verdict(Check check) {
        switch (check.result()) {
            case PASSED -> {}
            case SKIPPED -> abort("does not apply: " + check.detail());
            case UNTRIED -> abort(check.detail());
            case FAILED -> fail("%s: %s", check.name(), check.detail());
        }
    }
}
