// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static eu.nephele.smo.lab.conformance.Verdicts.AMPLE;
import static eu.nephele.smo.lab.conformance.Verdicts.examined;
import static eu.nephele.smo.lab.conformance.Verdicts.examinedAs;
import static eu.nephele.smo.lab.conformance.Verdicts.fails;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every forecaster here is broken in one way, and the check for just that fails. */
class BrokenForecasterTest {

    private static final String ORDER = "answers every service, in order";
    private static final String RULES = "gives quantiles of demand for the time asked, whatever the past";
    private static final Quality UNSURE = new Quality(false, Double.NaN, Double.NaN, "the last value stays");

    /** The last value stays, within half of it and its double. */
    private static List<Optional<DemandForecast>> sound(ForecastRequest request, DecisionContext context) {
        return each(request, service -> last(service).map(value -> of(request, context, value, UNSURE)));
    }

    private static List<Optional<DemandForecast>> each(
            ForecastRequest request, Function<ServiceHistory, Optional<DemandForecast>> forecast) {
        return request.services().stream().map(forecast).toList();
    }

    private static Optional<Double> last(ServiceHistory service) {
        List<LoadPoint> points = service.recent().points();
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(points.get(points.size() - 1).perSecond());
    }

    private static DemandForecast of(ForecastRequest request, DecisionContext context, double value, Quality quality) {
        return of(context.now(), request.horizon(), value / 2, value, quality, List.of());
    }

    private static DemandForecast of(
            Instant from, Duration step, double low, double high, Quality quality, List<CallerShare> callers) {
        float[][] quantiles = {{(float) low, (float) low}, {(float) high, (float) high}};
        return new DemandForecast(from, step, new double[] {0.05, 0.95}, quantiles, quality, callers);
    }

    static Stream<Arguments> broken() {
        AtomicInteger calls = new AtomicInteger();
        return Stream.of(
                Arguments.of("answers null", (DemandForecaster) (request, context) -> null, ORDER, "null"),
                Arguments.of(
                        "forgets a service",
                        (DemandForecaster) (request, context) -> sound(request, context)
                                .subList(1, request.services().size()),
                        ORDER,
                        "8 forecasts for 9 services"),
                Arguments.of(
                        "answers in the wrong order",
                        (DemandForecaster) (request, context) -> {
                            List<Optional<DemandForecast>> answers = new ArrayList<>(sound(request, context));
                            Collections.rotate(answers, 1);
                            return answers;
                        },
                        ORDER,
                        "is forecast"),
                Arguments.of(
                        "never says anything",
                        (DemandForecaster) (request, context) -> each(request, service -> Optional.empty()),
                        "forecasts a plain rhythm",
                        "says nothing about two weeks"),
                Arguments.of(
                        "looks too short a time ahead",
                        (DemandForecaster) (request, context) -> each(request, service -> last(service)
                                .map(value -> of(
                                        context.now(), Duration.ofMinutes(59), 0.5 * value, value, UNSURE, List.of()))),
                        ORDER,
                        "it covers"),
                Arguments.of(
                        "takes gaps for values",
                        (DemandForecaster) (request, context) -> each(request, service -> {
                            int size = service.recent().size();
                            return size == 0
                                    ? Optional.empty()
                                    : Optional.of(of(
                                            request, context, service.recent().value(size - 1), UNSURE));
                        }),
                        RULES,
                        "NaN"),
                Arguments.of(
                        "expects a past",
                        (DemandForecaster) (request, context) -> each(
                                request,
                                service -> Optional.of(
                                        of(request, context, last(service).orElseThrow(), UNSURE))),
                        RULES,
                        "NoSuchElementException"),
                Arguments.of(
                        "mixes up its quantiles",
                        (DemandForecaster) (request, context) -> each(request, service -> last(service)
                                .map(value ->
                                        of(context.now(), request.horizon(), value, value / 2, UNSURE, List.of()))),
                        ORDER,
                        "expected ascending quantiles"),
                Arguments.of(
                        "gives no reason",
                        (DemandForecaster) (request, context) -> each(request, service -> last(service)
                                .map(value -> of(request, context, value, new Quality(true, 1, 2, " ")))),
                        ORDER,
                        "no reason"),
                Arguments.of(
                        "invents callers",
                        (DemandForecaster) (request, context) -> each(request, service -> last(service)
                                .map(value -> of(
                                        context.now(),
                                        request.horizon(),
                                        value,
                                        value,
                                        UNSURE,
                                        List.of(new CallerShare("somebody", 1))))),
                        ORDER,
                        "not among its callers"),
                Arguments.of(
                        "counts its calls",
                        (DemandForecaster) (request, context) -> each(request, service -> last(service)
                                .map(value -> of(
                                        request,
                                        context,
                                        value,
                                        new Quality(true, 1, 2, "call " + calls.incrementAndGet())))),
                        "gives the same forecast again",
                        "first it answered"),
                Arguments.of(
                        "takes too long for many",
                        (DemandForecaster) (request, context) -> {
                            while (request.services().size() > 100
                                    && !Thread.currentThread().isInterrupted()) {
                                LockSupport.parkNanos(1_000_000);
                            }
                            return sound(request, context);
                        },
                        "stops when it is told to",
                        "no answer within"),
                Arguments.of(
                        "leaves a thread behind at each call",
                        (DemandForecaster) (request, context) -> {
                            Thread thread = new Thread(BrokenForecasterTest::linger, "lingering");
                            thread.setDaemon(true);
                            thread.start();
                            return sound(request, context);
                        },
                        "leaves no thread behind",
                        "lingering"));
    }

    private static void linger() {
        long end = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(100_000_000);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void broken(String name, DemandForecaster forecaster, String check, String detail) {
        fails(examined(forecaster, AMPLE), check, detail);
    }

    @Test
    void aCorrectForecasterPasses() {
        DemandForecaster forecaster = BrokenForecasterTest::sound;
        ConformanceReport report = examined(forecaster);
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.subject()).startsWith("forecaster of demand mine");
    }

    @Test
    void aForecasterWithoutAnIdIsRefused() {
        DemandForecaster forecaster = BrokenForecasterTest::sound;
        fails(examinedAs(forecaster, "smo.strategy.id", "mine"), "is published under a name", DemandForecaster.ID);
    }
}
