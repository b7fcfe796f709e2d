// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.osgi.annotation.versioning.ProviderType;

/** One service on one cluster whose replicas are to be decided. Immutable; {@link #builder} builds one. */
@ProviderType
public interface ScalingTarget {

    GraphId graph();

    /** Service id. */
    String service();

    /** Where its replicas run. */
    ClusterId cluster();

    /** What one replica needs. */
    Resources perReplica();

    /** Present number, read anew for every decision. */
    int replicas();

    /** Hard lower bound, 0 or more. */
    int minReplicas();

    /** Hard upper bound, at least {@link #minReplicas()}. */
    int maxReplicas();

    /** Priority of its graph: who gets the room when there is not enough for all, the higher number; usually 0. */
    int priority();

    /** Requests per second that have to be served here; empty when there is no data, which is not the same as 0. */
    OptionalDouble demandPerSecond();

    /** When demand was measured last, or since when it has been asked for in vain; empty when nobody knows. Metrics have their own. */
    Optional<Instant> measuredAt();

    /** The part of the service's demand that comes to this cluster, 0 to 1; 1 unless it is on several. */
    double portion();

    /** What a number of replicas can serve. */
    ServiceProfile profile();

    /** Time since the replicas changed last. */
    Duration sinceLastChange();

    /** Changes of its replicas in the last hour, oldest first; those before a restart of the server may be missing. */
    List<ReplicaChange> changes();

    /**
     * Demand of the past, as far back as {@link ScalingInputs#history()} says (strategies with the capability {@link
     * ScalingStrategy#HISTORY}: {@code historyMinutes}, 180 unless configured otherwise). Up to there one value every {@code
     * historyStepSeconds} (60 s); a longer past, up to 14 days, has one every 15 minutes. The last value is at the time of the decision
     * or up to one step before. A value of a short step is the highest that was read within it, as a mean would hide what
     * replicas are needed for; one of 15 minutes is their mean. Each is a rate over {@code rateWindowSeconds}, in the unit and with the share of {@link
     * #demandPerSecond()}: of a service on several clusters, each has its part.
     */
    LoadSeries history();

    /** The metrics that {@link ScalingStrategy#inputs} names: of the service's total, the part of this cluster. */
    Map<ScalingMetric, MetricReading> metrics();

    /** What is known of a metric. */
    default MetricReading metric(ScalingMetric metric) {
        return metrics().getOrDefault(metric, MetricReading.UNKNOWN);
    }

    /**
     * What was read of a metric.
     *
     * @param now present value in the unit of the metric; empty when there is no data, which is not 0
     * @param history as {@link ScalingTarget#history()}
     * @param measuredAt when it was measured last, or since when it has been asked for in vain; empty when nobody knows
     * @param flaw for people: why what was read is no data; empty when it is, or nothing was read
     */
    record MetricReading(OptionalDouble now, LoadSeries history, Optional<Instant> measuredAt, Optional<String> flaw) {

        public static final MetricReading UNKNOWN =
                new MetricReading(OptionalDouble.empty(), LoadSeries.EMPTY, Optional.empty(), Optional.empty());

        /** A present value and its past. */
        public static MetricReading of(double now, LoadSeries history) {
            return new MetricReading(OptionalDouble.of(now), history, Optional.empty(), Optional.empty());
        }
    }

    /** A target with one replica, bounds 1 to 1, the profile of one request per second and replica, and nothing known. */
    static ScalingTargetBuilder builder(GraphId graph, String service, ClusterId cluster) {
        return new ScalingTargetBuilder(graph, service, cluster);
    }

    /** A builder that begins with what this one has. */
    default ScalingTargetBuilder change() {
        return new ScalingTargetBuilder(this);
    }
}
