// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.time.UsedTime;
import eu.nephele.smo.core.contract.trace.SpanRecorder;
import eu.nephele.smo.core.contract.trace.SpanRecorder.Ended;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import eu.nephele.smo.core.strategies.StrategyHost;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call of a strategy is a span, and what it calls on its own thread is below it. */
class TracedStrategyTest {

    private final SpanRecorder spans = new SpanRecorder();
    private final StrategyRegistry registry = new StrategyRegistry();
    private final StrategyGuard guard = new StrategyGuard(
            () -> StrategySettings.DEFAULTS,
            new EjectionPolicy(registry, () -> StrategySettings.DEFAULTS, Clock.systemUTC()),
            registry,
            HeapUse.ofProcess(),
            UsedTime::new,
            spans);

    TracedStrategyTest() {
        registry.add(StrategyHost.allOn(0), Map.of(PlacementStrategy.ID, "s"));
    }

    private RegisteredService strategy() {
        return registry.find(ServiceKind.PLACEMENT, "s", Optional.empty()).orElseThrow();
    }

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void whatAStrategyCallsIsBelowItsSpan() {
        GuardedResult<String> answer;
        try (TraceSpan pass = spans.request("pass", Optional.empty(), true)) {
            pass.with("a", "b");
            answer = guard.call(strategy(), 1_000, deadline -> {
                try (TraceSpan inner = spans.span("inner")) {
                    inner.with("a", "b");
                    return "done";
                }
            });
        }
        assertThat(answer).isEqualTo(new GuardedResult.Answered<>("done"));
        Ended call = spans.ended("placement s").get(0);
        assertThat(call.parent()).isEqualTo(spans.ended("pass").get(0).id());
        assertThat(spans.ended("inner").get(0).parent()).isEqualTo(call.id());
    }

    @Test
    void aFaultIsInItsSpan() {
        try (TraceSpan pass = spans.request("pass", Optional.empty(), true)) {
            pass.with("a", "b");
            guard.call(strategy(), 1_000, deadline -> {
                throw new IllegalStateException("no idea");
            });
        }
        assertThat(spans.ended("placement s").get(0).failure())
                .hasValueSatisfying(
                        reason -> assertThat(reason).startsWith("exception: ").contains("no idea"));
    }
}
