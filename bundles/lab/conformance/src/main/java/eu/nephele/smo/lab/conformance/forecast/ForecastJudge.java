// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.forecast;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Explains the flaws of the answers of a forecaster. */
final class ForecastJudge {

    private static final double MIDDLE = 0.5;
    private static final double NEAR = 10;

    private ForecastJudge() {}

    static Optional<String> flaw(ForecastRequest request, List<Optional<DemandForecast>> answers) {
        if (answers == null) {
            return Optional.of("it answered null; expected one entry per service");
        }
        int services = request.services().size();
        if (answers.size() != services) {
            return Optional.of("%d forecasts for %d services; expected one entry each, in their order"
                    .formatted(answers.size(), services));
        }
        for (int i = 0; i < services; i++) {
            if (answers.get(i) == null) {
                return Optional.of("entry %d is null; answer Optional.empty() where nothing can be said".formatted(i));
            }
            ServiceHistory service = request.services().get(i);
            Optional<String> flaw = answers.get(i)
                    .flatMap(forecast -> flaw(request, service, forecast))
                    .map(text -> "service %s: %s".formatted(service.service(), text));
            if (flaw.isPresent()) {
                return flaw;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> flaw(ForecastRequest request, ServiceHistory service, DemandForecast forecast) {
        if (forecast.first().isAfter(ForecastCases.NOW.plus(forecast.step()))
                || forecast.until().isBefore(ForecastCases.NOW.plus(request.horizon()))) {
            return Optional.of("it covers %s to %s; expected from now, %s, for %s"
                    .formatted(forecast.first(), forecast.until(), ForecastCases.NOW, request.horizon()));
        }
        return values(forecast).or(() -> quality(forecast)).or(() -> forecast.callers().stream()
                .flatMap(share -> share(service, share).stream())
                .findFirst());
    }

    private static Optional<String> values(DemandForecast forecast) {
        for (int point = 0; point < forecast.points(); point++) {
            for (int level = 0; level < forecast.levels().length; level++) {
                double value = forecast.value(level, point);
                if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                    return Optional.of("point %d of level %s is %s; expected a demand of 0 or more"
                            .formatted(point, forecast.levels()[level], value));
                }
                if (level > 0 && value < forecast.value(level - 1, point)) {
                    return Optional.of(
                            "point %d is %s at level %s and %s at the level below; expected ascending quantiles"
                                    .formatted(
                                            point, value, forecast.levels()[level], forecast.value(level - 1, point)));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> quality(DemandForecast forecast) {
        DemandForecast.Quality quality = forecast.quality();
        if (quality == null || quality.reason() == null || quality.reason().isBlank()) {
            return Optional.of("its quality has no reason");
        }
        return quality.meanError() < 0 || quality.reactiveError() < 0
                ? Optional.of("errors below 0: " + quality)
                : AnswerLimits.flaw("the reason of its quality", quality.reason(), AnswerLimits.REASON_CHARACTERS);
    }

    private static Optional<String> share(ServiceHistory service, CallerShare share) {
        if (!service.callers().contains(share.caller())) {
            return Optional.of("%s is not among its callers %s".formatted(share.caller(), service.callers()));
        }
        return share.requestsPerRequest() >= 0 && share.requestsPerRequest() < Double.POSITIVE_INFINITY
                ? Optional.empty()
                : Optional.of(
                        "caller %s has %s requests per request".formatted(share.caller(), share.requestsPerRequest()));
    }

    /** A forecast that is ten times off a plain past belongs to another service. */
    static Optional<String> farOff(ServiceHistory service, DemandForecast forecast) {
        double mean = service.recent().points().stream()
                .mapToDouble(LoadPoint::perSecond)
                .average()
                .orElse(0);
        double expected = forecast.quantile(MIDDLE, ForecastCases.NOW.plus(forecast.step()));
        return expected > mean * NEAR || expected < mean / NEAR
                ? Optional.of("service %s is forecast %s requests/s and had %s before"
                        .formatted(service.service(), expected, mean))
                : Optional.empty();
    }

    /** What can be compared with another answer. */
    static List<String> comparable(List<Optional<DemandForecast>> answers) {
        return answers.stream()
                .map(answer -> answer.map(ForecastJudge::text).orElse("no forecast"))
                .toList();
    }

    private static String text(DemandForecast forecast) {
        StringBuilder text = new StringBuilder(
                "%s, %s, %s, %s:".formatted(forecast.first(), forecast.step(), forecast.quality(), forecast.callers()));
        for (int level = 0; level < forecast.levels().length; level++) {
            text.append(' ').append(forecast.levels()[level]);
            for (int point : Stream.of(0, forecast.points() / 2, forecast.points() - 1)
                    .distinct()
                    .toList()) {
                text.append('/').append(forecast.value(level, point));
            }
        }
        return text.toString();
    }
}
