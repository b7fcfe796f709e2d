// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.measure.MeasuredCall;
import eu.nephele.smo.core.contract.outside.CircuitState;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import eu.nephele.smo.core.contract.outside.SystemState;
import eu.nephele.smo.core.contract.runtime.EngineActivity.Activity;
import eu.nephele.smo.core.contract.runtime.RuntimeReport;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.OutsideSystemTraffic;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rates of the last minute from recorded counts. */
final class RuntimeReporterTest {

    private final MicrometerMeasurements measurements = new MicrometerMeasurements(name -> "");
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private Activity activity = activity(0, Duration.ZERO);
    private final RuntimeReporter reporter =
            new RuntimeReporter(measurements, () -> activity, new Systems(), AccessControl.unrestricted(), nanos::get);

    @AfterEach
    void close() {
        reporter.close();
        measurements.close();
    }

    private static Activity activity(long passes, Duration time) {
        return new Activity(passes, time, List.of(), 4, 2, List.of(), List.of());
    }

    @Test
    void ratesAreThoseOfTheLastMinuteAndNotOfAllTime() {
        measurements.gauge("smo_store_statements", Map.of(), statements, AtomicLong::get);
        statements.set(1_000_000);
        activity = activity(5000, Duration.ofMinutes(15));
        seconds(600);

        statements.addAndGet(1200);
        for (int i = 0; i < 3; i++) {
            measurements.count("smo_engine_refused_total", Map.of("reason", i == 0 ? "age" : "length"));
        }
        activity = activity(5030, Duration.ofMillis(900_600));
        RuntimeReport report = reporter.report(CallContext.INTERNAL);

        assertThat(report.window()).isEqualTo(Duration.ofSeconds(60));
        assertThat(report.work()).hasValueSatisfying(work -> {
            assertThat(work.passesPerSecond()).isEqualTo(0.5);
            assertThat(work.meanPass()).contains(Duration.ofMillis(20));
            assertThat(work.refusalsPerSecond()).isEqualTo(0.05);
            assertThat(work.activity().workersBusy()).isEqualTo(2);
        });
        assertThat(report.store().statementsPerSecond()).isEqualTo(20);
        assertThat(report.store().statementsPerPass()).hasValue(40);
    }

    @Test
    void anEngineThatHasBegunAnewCountsFromItsBeginning() {
        activity = activity(5000, Duration.ofMinutes(15));
        seconds(60);
        activity = activity(6, Duration.ofMillis(60));

        assertThat(reporter.report(CallContext.INTERNAL).work())
                .hasValueSatisfying(work -> assertThat(work.passesPerSecond()).isEqualTo(0.1));
    }

    @Test
    void callsAreSortedBySystemWithFailuresAndTheStateOfTheCircuit() {
        seconds(60);
        for (int i = 0; i < 6; i++) {
            call("karmada", "WorkloadRuntime.observe", i < 4 ? "ok" : "timed_out", 100);
        }
        call("karmada", "ClusterRegistry.clusters", "ok", 800);
        call("gone", "MetricsSource.query", "shut", 10);

        assertThat(reporter.report(CallContext.INTERNAL).systems())
                .extracting(
                        OutsideSystemTraffic::name,
                        system -> system.circuit().orElse("-"),
                        OutsideSystemTraffic::inFlight)
                .containsExactly(tuple("gone", "-", 0), tuple("helm", "open", 0), tuple("karmada", "closed", 2));
        assertThat(reporter.report(CallContext.INTERNAL).systems().get(2)).satisfies(karmada -> {
            assertThat(karmada.callsPerSecond() * 60).isCloseTo(7, within(1e-9));
            assertThat(karmada.failuresPerSecond() * 60).isCloseTo(2, within(1e-9));
            assertThat(karmada.mean()).contains(Duration.ofMillis(200));
        });
        assertThat(reporter.report(CallContext.INTERNAL).systems().get(1).mean())
                .isEmpty();
    }

    @Test
    void aStrategyWithFaultsOnlyIsReportedWithoutAKind() {
        seconds(60);
        measurements.time(
                "smo_placement_duration_seconds",
                Map.of("strategy", "greedy", "outcome", "placed"),
                Duration.ofMillis(10));
        measurements.time(
                "smo_placement_duration_seconds",
                Map.of("strategy", "greedy", "outcome", "infeasible"),
                Duration.ofMillis(30));
        measurements.count("smo_strategy_faults_total", Map.of("strategy", "greedy", "what", "timeout"));
        measurements.count("smo_strategy_faults_total", Map.of("strategy", "carbon", "what", "failed"));

        assertThat(reporter.report(CallContext.INTERNAL).strategies())
                .containsExactly(
                        new Strategy("carbon", Optional.empty(), 0, 0, Optional.empty(), 1),
                        new Strategy(
                                "greedy",
                                Optional.of("placement"),
                                2,
                                2 / 60.0,
                                Optional.of(Duration.ofMillis(20)),
                                1));
    }

    @Test
    void errorsAndRefusalsOfRequestsAreCountedApart() {
        seconds(60);
        for (String status : List.of("200", "200", "404", "429", "503", "500")) {
            measurements.time(
                    MeasuredCall.NAME, Map.of("method", "GET", "route", "/x", "status", status), Duration.ofMillis(6));
        }

        assertThat(reporter.report(CallContext.INTERNAL).requests())
                .isEqualTo(new RuntimeReport.HttpTraffic(0.1, Optional.of(Duration.ofMillis(6)), 2 / 60.0, 2 / 60.0));
    }

    @Test
    void javaTellsOfItsHeapAndCollections() {
        System.gc();

        RuntimeReport.JavaProcess process =
                reporter.report(CallContext.INTERNAL).process();

        assertThat(process.heapAfterCollection())
                .satisfies(bytes -> assertThat(bytes.orElseThrow()).isBetween(1L, process.heapMax()));
        assertThat(process.collections()).anySatisfy(collector -> {
            assertThat(collector.count()).isPositive();
            assertThat(collector.countInWindow()).isPositive();
        });
        assertThat(process.threads()).isPositive();
    }

    private void call(String system, String operation, String outcome, int millis) {
        measurements.count(
                "smo_outside_calls_total", Map.of("system", system, "operation", operation, "outcome", outcome));
        measurements.time(
                "smo_outside_call_duration_seconds",
                Map.of("system", system, "operation", operation),
                Duration.ofMillis(millis));
    }

    /** Time passes, and the counts are noted every five seconds. */
    private void seconds(int seconds) {
        for (int passed = 0; passed < seconds; passed += 5) {
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            reporter.record();
        }
    }

    /** Two systems that a guard knows. */
    private static final class Systems implements OutsideGuard {

        @Override
        public <T> T guard(Class<T> port, T adapter, String system) {
            return adapter;
        }

        @Override
        public List<SystemState> systems() {
            return List.of(state("karmada", CircuitState.CLOSED, 2), state("helm", CircuitState.OPEN, 0));
        }

        private static SystemState state(String name, CircuitState circuitState, int inFlight) {
            return new SystemState(
                    name, circuitState, Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty(), inFlight);
        }

        @Override
        public Subscription subscribe(Consumer<SystemState> onChange) {
            return () -> {};
        }
    }
}
