// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.api.scaling.ServiceLoad;
import eu.nephele.smo.scaling.predictive.ExpectedDemand.ExpectedRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** Asks its base strategy for the demand that is expected until new replicas are ready; never for less than the present one. */
@Component(service = ScalingStrategy.class, property = ScalingStrategy.ID + "=predictive")
public final class PredictiveStrategy implements ScalingWrapper {

    /** As much as reasons may have, with room for that of the base. */
    private static final int MOST_REASON = 200;

    @Override
    public Class<? extends Record> parametersType() {
        return PredictiveParameters.class;
    }

    @Override
    public ScalingInputs inputs(Record parameters) {
        return new ScalingInputs(
                List.of(), Duration.ZERO, Optional.of(((PredictiveParameters) parameters).forecaster()));
    }

    @Override
    public Prepared prepare(ScalingRequest request, DecisionContext context) {
        PredictiveParameters parameters = context.parameters(PredictiveParameters.class);
        ExpectedDemand demand = new ExpectedDemand(request, parameters, context.now());
        List<ScalingTarget> targets = new ArrayList<>();
        List<Optional<String>> notes = new ArrayList<>();
        for (ScalingTarget target : request.targets()) {
            if (context.shouldStop()) {
                targets.add(target);
                notes.add(Optional.of("not looked ahead: the time for this decision ended first"));
                continue;
            }
            Optional<DemandForecast> forecast =
                    request.load(target.graph(), target.service()).flatMap(ServiceLoad::forecast);
            Optional<String> unusable = ExpectedDemand.unusable(forecast, context.now(), parameters);
            ExpectedRate expected = demand.rate(target.graph(), target.service());
            double here = target.portion() * expected.perSecond();
            boolean more = here > target.demandPerSecond().orElse(Double.NaN);
            LoadSeries history = unusable.isEmpty()
                    ? expectedBefore(target, forecast.orElseThrow(), demand, context.now())
                    : target.history();
            targets.add(more || unusable.isEmpty() ? changed(target, here, more, history) : target);
            notes.add(Optional.of(note(target, expected, here, more, unusable, parameters)));
        }
        return new Prepared(targets, notes);
    }

    private static ScalingTarget changed(ScalingTarget target, double here, boolean more, LoadSeries history) {
        return more
                ? target.change().demand(here).history(history).build()
                : target.change().history(history).build();
    }

    /**
     * A base that looks back before it scales in sees what was expected there, as far back as the forecast goes: else it would scale in
     * between two forecasts that differ.
     */
    private static LoadSeries expectedBefore(
            ScalingTarget target, DemandForecast forecast, ExpectedDemand demand, Instant now) {
        LoadSeries history = target.history();
        double[] values = history.values();
        boolean higher = false;
        for (int i = values.length - 1; i >= 0 && !history.at(i).isBefore(forecast.first()); i--) {
            double expected = target.portion()
                    * demand.before(history.at(i))
                            .rate(target.graph(), target.service())
                            .perSecond();
            if (expected > values[i] && !history.at(i).isAfter(now)) {
                values[i] = expected;
                higher = true;
            }
        }
        return higher ? LoadSeries.of(history.at(0), history.step(), values) : history;
    }

    private static String note(
            ScalingTarget target,
            ExpectedRate expected,
            double here,
            boolean more,
            Optional<String> unusable,
            PredictiveParameters parameters) {
        String fallback = unusable.map(reason -> "; not by its own forecast: " + shortened(reason))
                .orElse("");
        if (target.demandPerSecond().isEmpty()) {
            return "no data about the present demand, so nothing is expected" + fallback;
        }
        if (!more) {
            return unusable.map(reason -> "present demand: " + shortened(reason))
                    .orElse("no more than the present demand is expected");
        }
        String from = expected.cause() == ExpectedDemand.Cause.CALLERS
                ? String.format(Locale.ROOT, "from its callers, most from %s%s", expected.caller(), fallback)
                : String.format(Locale.ROOT, "by the forecast, with probability %s", parameters.quantile());
        return String.format(
                Locale.ROOT, "at most %.2f requests/s expected within %s %s", here, parameters.lookAhead(), from);
    }

    private static String shortened(String reason) {
        return reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON - 1) + "…";
    }
}
