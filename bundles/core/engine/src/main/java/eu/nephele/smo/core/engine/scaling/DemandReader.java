// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import eu.nephele.smo.core.contract.decision.DemandOutlook;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.outside.JoinedMetrics.JoinedAnswer;
import eu.nephele.smo.core.contract.profile.ServiceProfiles.AppliedProfile;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.demand.DemandModule;
import eu.nephele.smo.core.engine.demand.DemandReadings;
import eu.nephele.smo.core.engine.proposal.EffectiveServiceResolver;
import eu.nephele.smo.core.engine.scaling.ProfileSampling.Sampled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what strategies want to know of services, at most one call per pass to each metrics source, and creates scaling targets from it. A
 * reading that cannot be is none.
 */
final class DemandReader {

    /** Older than any rest after a change: one that blocks nothing. */
    private static final Duration LONG_AGO = Duration.ofDays(365);

    private final PresentValues values;
    private final ScalingDecider decider;
    private final EffectiveServiceResolver effective;
    private final EngineSettings.Scaling settings;
    private final DemandModule demand;
    private final ProfileSampling sampling;
    private final ImplausibleValues implausible;
    private final Clock clock;

    DemandReader(
            PresentValues values,
            ScalingDecider decider,
            EffectiveServiceResolver effective,
            EngineSettings.Scaling settings,
            DemandModule demand,
            ProfileSampling sampling,
            ImplausibleValues implausible) {
        this.values = values;
        this.decider = decider;
        this.effective = effective;
        this.settings = settings;
        this.demand = demand;
        this.sampling = sampling;
        this.implausible = implausible;
        this.clock = demand.clock();
    }

    /** What is known of whole graphs. */
    DemandOutlook outlook() {
        return demand.forecasts();
    }

    /** A candidate with its queries. */
    private record AskedMetrics(
            ScalingCandidate candidate,
            ScalingInputs inputs,
            MetricQuery rate,
            Map<ScalingMetric, MetricQuery> metrics) {

        Stream<MetricQuery> queries() {
            return Stream.concat(Stream.of(rate), metrics.values().stream());
        }
    }

    /**
     * What is decided in one pass.
     *
     * @param unanswered services of which nothing is known because a metrics source has not answered; that is not the same as a load
     *     of 0, and strategies follow their rules for no data
     */
    record ReadDemand(List<ScalingItem> items, Set<WorkloadRef> unanswered) {}

    ReadDemand read(List<ScalingCandidate> candidates) {
        List<AskedMetrics> asked = candidates.stream().map(this::asked).toList();
        List<Sampled> sampled = sampling.due(candidates, clock.instant());
        JoinedAnswer<Double> answer = present(asked, sampled);
        Map<MetricQuery, Double> read = answer.values();
        Instant now = clock.instant();
        sampling.observe(sampled, read, now);
        DemandReadings readings = demand.readings(now);
        Map<MetricQuery, String> flaws = new HashMap<>();
        asked.forEach(each -> take(each, answer, readings, flaws));
        return new ReadDemand(
                asked.stream().map(each -> item(each, readings, flaws, now)).toList(), unanswered(asked, answer));
    }

    private static Set<WorkloadRef> unanswered(List<AskedMetrics> asked, JoinedAnswer<Double> answer) {
        return asked.stream()
                .filter(each ->
                        each.queries().allMatch(query -> answer.failure(query).isPresent()))
                .map(each -> each.rate().workload())
                .collect(Collectors.toSet());
    }

    private AskedMetrics asked(ScalingCandidate candidate) {
        ScalingPlan.ScaledService service = candidate.service();
        ScalingInputs inputs = decider.inputs(candidate.graph().project(), service.wishes(), settings.history());
        Map<ScalingMetric, MetricQuery> metrics = new HashMap<>();
        inputs.metrics()
                .forEach(metric ->
                        metrics.put(metric, demand.queries().metric(candidate.graph(), service.service(), metric)));
        return new AskedMetrics(
                candidate,
                inputs,
                demand.queries().rate(candidate.graph(), service.service(), service.scaling()),
                metrics);
    }

    private JoinedAnswer<Double> present(List<AskedMetrics> asked, List<Sampled> sampled) {
        Set<MetricQuery> queries = new LinkedHashSet<>();
        asked.stream().flatMap(AskedMetrics::queries).forEach(queries::add);
        sampled.stream().flatMap(Sampled::queries).forEach(queries::add);
        return values.read(queries);
    }

    /** Only the past of what strategies want is kept, and of what cannot be nothing: the next decisions would believe it. */
    private void take(
            AskedMetrics asked, JoinedAnswer<Double> answer, DemandReadings readings, Map<MetricQuery, String> flaws) {
        take(asked.rate(), answer, readings);
        asked.metrics().forEach((metric, query) -> {
            double value = answer.values().getOrDefault(query, Double.NaN);
            Optional<String> flaw = implausible.flaw(asked.candidate().service(), metric, value);
            if (flaw.isPresent()) {
                flaws.put(query, flaw.get());
            } else {
                take(query, answer, readings);
            }
        });
    }

    private static void take(MetricQuery query, JoinedAnswer<Double> answer, DemandReadings readings) {
        readings.take(
                query,
                answer.values().getOrDefault(query, Double.NaN),
                Optional.ofNullable(answer.ownWindows().get(query)));
    }

    private ScalingItem item(AskedMetrics asked, DemandReadings readings, Map<MetricQuery, String> flaws, Instant now) {
        ScalingCandidate candidate = asked.candidate();
        ScalingPlan.ScaledService service = candidate.service();
        double portion = candidate.portion();
        AppliedProfile applied = effective.profile(service.service(), service.scaling(), service.artifact());
        ServiceProfile profile = applied.profile();
        ScalingTarget target = ScalingTarget.builder(
                        candidate.graph(), service.service(), candidate.share().cluster())
                .perReplica(service.needs().perReplica())
                .replicas(candidate.share().replicas())
                .bounds(candidate.minReplicas(), candidate.maxReplicas())
                .priority(candidate.plan().priority())
                .demand(times(readings.now(asked.rate()), portion))
                .measuredAt(Optional.of(readings.measuredAt(asked.rate())))
                .portion(portion)
                .profile(new ServiceProfile(profile.alpha(), profile.beta() * portion))
                .sinceLastChange(sinceLastChange(candidate, now))
                .changes(demand.changes()
                        .lately(
                                candidate.graph(),
                                service.service(),
                                candidate.share().cluster(),
                                now))
                .history(past(readings, asked.rate(), asked.inputs(), portion))
                .metrics(metrics(asked, readings, flaws))
                .build();
        return new ScalingItem(target, service.wishes(), List.of(origin(applied)));
    }

    private static EffectiveValue origin(AppliedProfile applied) {
        JsonObject coefficients = JsonObject.EMPTY
                .with("alpha", JsonNumber.of(applied.profile().alpha()))
                .with("beta", JsonNumber.of(applied.profile().beta()));
        return new EffectiveValue("profile", coefficients, applied.origin());
    }

    private static Map<ScalingMetric, MetricReading> metrics(
            AskedMetrics asked, DemandReadings readings, Map<MetricQuery, String> flaws) {
        Map<ScalingMetric, MetricReading> read = new HashMap<>();
        double portion = asked.candidate().portion();
        asked.metrics()
                .forEach((metric, query) -> read.put(
                        metric,
                        new MetricReading(
                                times(readings.now(query), portion),
                                past(readings, query, asked.inputs(), portion),
                                Optional.of(readings.measuredAt(query)),
                                Optional.ofNullable(flaws.get(query)))));
        return read;
    }

    private static LoadSeries past(DemandReadings readings, MetricQuery query, ScalingInputs inputs, double portion) {
        return inputs.history().isZero()
                ? LoadSeries.EMPTY
                : readings.past(query, inputs.history()).times(portion);
    }

    private static OptionalDouble times(OptionalDouble value, double portion) {
        return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * portion) : value;
    }

    /** A change that is ahead was noted before the clock was set back: nothing waits until the clock has caught up. */
    private static Duration sinceLastChange(ScalingCandidate candidate, Instant now) {
        return candidate
                .service()
                .scaledAt()
                .map(at -> Duration.between(at, now))
                .filter(since -> !since.isNegative())
                .orElse(LONG_AGO);
    }
}
