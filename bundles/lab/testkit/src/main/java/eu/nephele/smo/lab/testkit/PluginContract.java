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
 * Common part of all contracts: one test per check of the conformance kit, the same checks that the server runs when
 * the plug-in is installed. A check that does not apply is shown as skipped, with the reason.
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
     * Parameters for the examination of a strategy in this test only; empty: those of the server, which are the defaults and the
     * service property {@code smo.conformance.parameters}. A test that gives some without that property fails: the server
     * would examine with others and reject a plug-in that the build accepted.
     */
    protected Optional<Record> parameters() {
        return Optional.empty();
    }

    /** Time for all checks together, counted as {@link ConformanceKit#total()} says; checks that do not fit in are skipped. */
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
