// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.proposal.EffectiveServiceResolver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the load of services, one call per pass to the metrics source, and creates scaling targets from it. */
final class DemandReader {

    private static final Logger LOG = LoggerFactory.getLogger(DemandReader.class);

    private final AdapterPorts ports;
    private final ScalingDecider decider;
    private final EffectiveServiceResolver effective;
    private final EngineSettings.Scaling settings;
    private final Clock clock;

    DemandReader(
            AdapterPorts ports,
            ScalingDecider decider,
            EffectiveServiceResolver effective,
            EngineSettings.Scaling settings,
            Clock clock) {
        this.ports = ports;
        this.decider = decider;
        this.effective = effective;
        this.settings = settings;
        this.clock = clock;
    }

    /** Empty when the metrics cannot be read at all: then nothing is decided, which is not the same as a load of 0. */
    Optional<List<ScalingItem>> read(List<ScalingCandidate> candidates) {
        Instant now = clock.instant();
        return rates(candidates).map(rates -> {
            Map<MetricQuery, List<LoadPoint>> past = past(candidates);
            return candidates.stream()
                    .map(candidate -> item(candidate, rates, past, now))
                    .toList();
        });
    }

    private Optional<Map<MetricQuery, Double>> rates(List<ScalingCandidate> candidates) {
        try {
            return ports.metrics()
                    .map(source -> source.instant(
                            candidates.stream().map(this::query).distinct().toList()));
        } catch (AdapterException e) {
            LOG.warn("reading load failed system={} reason=\"{}\"; scaling is skipped", e.system(), e.getMessage());
            return Optional.empty();
        }
    }

    /** The load history of targets whose strategy needs it; without it a strategy decides on the present alone. */
    private Map<MetricQuery, List<LoadPoint>> past(List<ScalingCandidate> candidates) {
        List<MetricQuery> wanted = candidates.stream()
                .filter(candidate -> !decider.inputs(
                                candidate.graph().project(), candidate.service().wishes(), settings.history())
                        .history()
                        .isZero())
                .map(this::query)
                .distinct()
                .toList();
        if (wanted.isEmpty()) {
            return Map.of();
        }
        try {
            return ports.metrics()
                    .map(source -> source.range(wanted, settings.history(), settings.historyStep()))
                    .orElse(Map.of());
        } catch (AdapterException e) {
            LOG.warn(
                    "reading load history failed system={} reason=\"{}\"; scaling on the current load only",
                    e.system(),
                    e.getMessage());
            return Map.of();
        }
    }

    private MetricQuery query(ScalingCandidate candidate) {
        return new MetricQuery(
                MetricQuery.REQUEST_RATE,
                candidate.measured(),
                settings.rateWindow(),
                candidate.service().scaling().metricQuery());
    }

    private ScalingItem item(
            ScalingCandidate candidate,
            Map<MetricQuery, Double> rates,
            Map<MetricQuery, List<LoadPoint>> past,
            Instant now) {
        EffectiveService needs = candidate.service().needs();
        Double rate = rates.get(query(candidate));
        ServiceProfile profile = effective.profile(
                candidate.service().service(), candidate.service().scaling());
        ScalingTarget target = ScalingTarget.builder(
                        candidate.graph(),
                        candidate.service().service(),
                        candidate.share().cluster())
                .perReplica(needs.perReplica())
                .replicas(candidate.share().replicas())
                .bounds(candidate.minReplicas(), candidate.maxReplicas())
                .demand(rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate * candidate.portion()))
                .portion(candidate.portion())
                .profile(new ServiceProfile(profile.alpha(), profile.beta() * candidate.portion()))
                .sinceLastChange(sinceLastChange(candidate, now))
                .build();
        return new ScalingItem(target, candidate.service().wishes());
    }

    private static Duration sinceLastChange(ScalingCandidate candidate, Instant now) {
        return candidate
                .service()
                .scaledAt()
                .map(at -> Duration.between(at, now))
                .filter(since -> !since.isNegative())
                .orElse(Duration.ZERO);
    }
}
