// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.core.strategies.decision.DecisionDependencies;
import eu.nephele.smo.core.strategies.guard.BoundStrategyContext;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.selection.DecisionSeeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Asks forecasters, guarded, and checks what they answer. Without an answer there are no forecasts, and strategies do without. */
final class GuardedForecasts {
    /** Nobody waits for it, and nothing is decided meanwhile. */
    private static final long BUDGET_MILLIS = 2_000;

    private static final int MOST_POINTS = 10_000;

    private final DecisionDependencies decisionDependencies;

    GuardedForecasts(DecisionDependencies decisionDependencies) {
        this.decisionDependencies = decisionDependencies;
    }

    List<Optional<DemandForecast>> forecast(String forecaster, ForecastRequest request) {
        FaultLog faults = decisionDependencies.newFaultLog();
        Optional<RegisteredService> offer =
                decisionDependencies.registry().find(ServiceKind.FORECASTER, forecaster, Optional.empty());
        if (offer.isEmpty()) {
            faults.missing(ServiceKind.FORECASTER, forecaster, "not installed");
            return none(request);
        }
        GuardedResult<List<Optional<DemandForecast>>> result = decisionDependencies
                .guard()
                .call(offer.get(), BUDGET_MILLIS, deadline -> offer.get()
                        .service(DemandForecaster.class)
                        .forecast(
                                request,
                                new BoundStrategyContext(
                                        decisionDependencies.clock().instant(),
                                        DecisionSeeds.compute(forecaster),
                                        deadline,
                                        OptionalLong.empty(),
                                        new NoParameters())));
        if (result instanceof GuardedResult.Answered<List<Optional<DemandForecast>>> answered) {
            List<Optional<DemandForecast>> answer = answered.answer();
            if (answer.size() == request.services().size()) {
                return checked(answer, flaw -> faults.failed(offer.get(), "invalid_answer", flaw));
            }
            faults.failed(
                    offer.get(),
                    "invalid_answer",
                    "%d forecasts for %d services"
                            .formatted(answer.size(), request.services().size()));
        } else if (result instanceof GuardedResult.Faulted<List<Optional<DemandForecast>>> faulted) {
            faults.failed(offer.get(), faulted);
        }
        return none(request);
    }

    private static List<Optional<DemandForecast>> none(ForecastRequest request) {
        return Collections.nCopies(request.services().size(), Optional.empty());
    }

    /**
     * One that is wrong takes no others with it.
     *
     * @param failed told the first flaw
     */
    private static List<Optional<DemandForecast>> checked(
            List<Optional<DemandForecast>> answer, Consumer<String> failed) {
        List<Optional<DemandForecast>> good = new ArrayList<>();
        List<String> flaws = new ArrayList<>();
        for (Optional<DemandForecast> forecast : answer) {
            Optional<String> flaw = forecast.flatMap(GuardedForecasts::flaw);
            good.add(flaw.isEmpty() ? forecast : Optional.empty());
            flaw.ifPresent(flaws::add);
        }
        if (!flaws.isEmpty()) {
            failed.accept("%s; wrong are %d of %d forecasts".formatted(flaws.get(0), flaws.size(), answer.size()));
        }
        return good;
    }

    private static Optional<String> flaw(DemandForecast forecast) {
        int levels = forecast.levels().length;
        if ((long) levels * forecast.points() > MOST_POINTS) {
            return Optional.of("%d points of %d levels".formatted(forecast.points(), levels));
        }
        for (int point = 0; point < forecast.points(); point++) {
            double below = 0;
            for (int level = 0; level < levels; level++) {
                double value = forecast.value(level, point);
                if (!(value >= below) || Double.isInfinite(value)) {
                    return Optional.of("quantile %s at point %d is %s, expected at least %s and finite"
                            .formatted(forecast.levels()[level], point, value, below));
                }
                below = value;
            }
        }
        return AnswerLimits.flaw("a reason", forecast.quality().reason(), AnswerLimits.REASON_CHARACTERS);
    }
}
