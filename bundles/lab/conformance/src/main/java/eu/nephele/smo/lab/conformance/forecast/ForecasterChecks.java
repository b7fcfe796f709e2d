// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.forecast;

import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.lab.conformance.run.CallOutcome;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Late;
import eu.nephele.smo.lab.conformance.run.CallOutcome.Returned;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import eu.nephele.smo.lab.conformance.run.RepeatedCalls;
import eu.nephele.smo.lab.conformance.run.ThreadCount;
import eu.nephele.smo.lab.conformance.run.TimedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Checks of a forecaster of demand. */
public final class ForecasterChecks {

    private static final int BATCHES = 60;
    private static final long BUDGET_MILLIS = 1000;
    private static final long GRACE_MILLIS = 700;
    /** A server has thousands of services; 10 ms for each is slow. */
    private static final int MANY = 200;

    private static final long MANY_MILLIS = 2000;

    private final DemandForecaster forecaster;
    private final ForecastCases cases = new ForecastCases();

    public ForecasterChecks(DemandForecaster forecaster) {
        this.forecaster = forecaster;
    }

    public List<NamedCheck> all() {
        return List.of(
                new NamedCheck("answers every service, in order", this::answersInOrder),
                new NamedCheck("forecasts a plain rhythm", this::forecastsARhythm),
                new NamedCheck("gives quantiles of demand for the time asked, whatever the past", this::keepsTheRules),
                new NamedCheck("gives the same forecast again", this::sameForecastAgain),
                new NamedCheck("gives the same forecast on four threads at once", this::sameForecastOnFourThreads),
                new NamedCheck("stops when it is told to", this::stops),
                new NamedCheck("forecasts 200 services in time", this::forecastsMany),
                new NamedCheck("leaves no thread behind", this::leavesNoThread));
    }

    private TimedCall<List<Optional<DemandForecast>>> asking(ForecastRequest request, long budgetMillis) {
        return used -> forecaster.forecast(request, SimpleContext.within(used, budgetMillis));
    }

    private List<Optional<DemandForecast>> answer(ExaminationSession session, ForecastCase forecastCase) {
        List<Optional<DemandForecast>> answers = session.callTimed(
                        BUDGET_MILLIS + GRACE_MILLIS, asking(forecastCase.request(), BUDGET_MILLIS))
                .orFlaw(forecastCase.text());
        complain(forecastCase, ForecastJudge.flaw(forecastCase.request(), answers));
        return answers;
    }

    private static void complain(ForecastCase forecastCase, Optional<String> complaint) {
        complaint.ifPresent(text -> {
            throw new FlawException("%s\n%s".formatted(forecastCase.text(), text));
        });
    }

    private String answersInOrder(ExaminationSession session) {
        ForecastCase forecastCase = cases.inOrder();
        List<Optional<DemandForecast>> answers = answer(session, forecastCase);
        for (int i = 0; i < answers.size(); i++) {
            int service = i;
            complain(
                    forecastCase,
                    answers.get(i)
                            .flatMap(forecast -> ForecastJudge.farOff(
                                    forecastCase.request().services().get(service), forecast)));
        }
        return "%d services".formatted(answers.size());
    }

    private String forecastsARhythm(ExaminationSession session) {
        ForecastCase plain = cases.plain();
        DemandForecast forecast = answer(session, plain)
                .get(0)
                .orElseThrow(() -> new FlawException(plain.text()
                        + "\nit says nothing about two weeks without a gap; nobody would have use for it"));
        return forecast.quality().usable()
                ? "it relies on it"
                : "it does not rely on it: " + forecast.quality().reason();
    }

    private String keepsTheRules(ExaminationSession session) {
        List<ForecastCase> tried = new ArrayList<>(cases.edges());
        ExaminationSession.TimeSlot slot = session.slot(0.15);
        for (int i = 0; i < tried.size(); i++) {
            answer(session, tried.get(i));
            if (slot.open() && tried.size() < BATCHES) {
                tried.add(cases.generated(tried.size(), 1 + tried.size() % 12));
            }
        }
        return "%d requests".formatted(tried.size());
    }

    private List<ForecastCase> forRepetition() {
        return LongStream.of(11, 23, 31)
                .mapToObj(seed -> cases.generated(seed, 5))
                .toList();
    }

    private RepeatedCalls<ForecastCase, List<String>> repeated() {
        return new RepeatedCalls<>(
                ForecastCase::text,
                (session, forecastCase) -> ForecastJudge.comparable(answer(session, forecastCase)),
                (forecastCase, first) -> used -> ForecastJudge.comparable(
                        asking(forecastCase.request(), BUDGET_MILLIS).call(used)));
    }

    private String sameForecastAgain(ExaminationSession session) {
        return repeated().oneAfterTheOther(session, forRepetition());
    }

    private String sameForecastOnFourThreads(ExaminationSession session) {
        return repeated().together(session, forRepetition());
    }

    private String stops(ExaminationSession session) {
        ForecastCase many = cases.generated(5, MANY);
        String atOnce = inTime(session, many, 0, GRACE_MILLIS);
        CallOutcome<List<Optional<DemandForecast>>> interrupted =
                session.callAndInterrupt(5, () -> forecaster.forecast(many.request(), SimpleContext.unlimited()));
        return "no time at all: %s, interrupted after 5 ms: %s"
                .formatted(
                        atOnce,
                        interrupted instanceof Returned<List<Optional<DemandForecast>>> returned
                                ? returned.millis() + " ms"
                                : "ended without an answer");
    }

    private String forecastsMany(ExaminationSession session) {
        return inTime(session, cases.generated(6, MANY), MANY_MILLIS, MANY_MILLIS + GRACE_MILLIS);
    }

    /** Duration of an answer; a late one gets a second chance, since the machine may have been busy. */
    private String inTime(ExaminationSession session, ForecastCase forecastCase, long budgetMillis, long limitMillis) {
        CallOutcome<List<Optional<DemandForecast>>> outcome =
                session.callTimed(limitMillis, asking(forecastCase.request(), budgetMillis));
        if (outcome instanceof Late<List<Optional<DemandForecast>>>) {
            outcome = session.callTimed(limitMillis, asking(forecastCase.request(), budgetMillis));
        }
        List<Optional<DemandForecast>> answers =
                outcome.orFlaw("%s, %d ms to forecast it".formatted(forecastCase.text(), budgetMillis));
        complain(forecastCase, ForecastJudge.flaw(forecastCase.request(), answers));
        return outcome instanceof Returned<List<Optional<DemandForecast>>> returned ? returned.millis() + " ms" : "";
    }

    private String leavesNoThread(ExaminationSession session) {
        ForecastCase forecastCase = cases.generated(11, 5);
        return ThreadCount.measure(session, () -> answer(session, forecastCase));
    }
}
