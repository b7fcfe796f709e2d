// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Builds targets of scaling decisions, in the engine, in replays and in tests alike. Not thread-safe. */
public final class ScalingTargetBuilder {

    private final TargetKey service;
    private Resources perReplica = Resources.NONE;
    private ReplicaState replicas = new ReplicaState(1, 1, 1, Duration.ZERO, List.of());
    private int priority;
    private OptionalDouble demandPerSecond = OptionalDouble.empty();
    private Optional<Instant> measuredAt = Optional.empty();
    private double portion = 1;
    private ServiceProfile profile = new ServiceProfile(1, 0);
    private LoadSeries history = LoadSeries.EMPTY;
    private Map<ScalingMetric, MetricReading> metrics = Map.of();

    ScalingTargetBuilder(GraphId graph, String service, ClusterId cluster) {
        this.service = new TargetKey(graph, service, cluster);
    }

    ScalingTargetBuilder(ScalingTarget target) {
        this(target.graph(), target.service(), target.cluster());
        this.perReplica = target.perReplica();
        this.replicas = new ReplicaState(
                target.replicas(),
                target.minReplicas(),
                target.maxReplicas(),
                target.sinceLastChange(),
                target.changes());
        this.priority = target.priority();
        this.demandPerSecond = target.demandPerSecond();
        this.measuredAt = target.measuredAt();
        this.portion = target.portion();
        this.profile = target.profile();
        this.history = target.history();
        this.metrics = target.metrics();
    }

    record TargetKey(GraphId graph, String id, ClusterId cluster) {}

    record ReplicaState(int present, int min, int max, Duration sinceLastChange, List<ReplicaChange> changes) {}

    public ScalingTargetBuilder perReplica(Resources needed) {
        this.perReplica = needed;
        return this;
    }

    /** @param present 0 or more */
    public ScalingTargetBuilder replicas(int present) {
        this.replicas = new ReplicaState(
                present, replicas.min(), replicas.max(), replicas.sinceLastChange(), replicas.changes());
        return this;
    }

    /**
     * @param min 0 or more
     * @param max at least {@code min}
     */
    public ScalingTargetBuilder bounds(int min, int max) {
        this.replicas = new ReplicaState(replicas.present(), min, max, replicas.sinceLastChange(), replicas.changes());
        return this;
    }

    public ScalingTargetBuilder sinceLastChange(Duration since) {
        this.replicas = new ReplicaState(replicas.present(), replicas.min(), replicas.max(), since, replicas.changes());
        return this;
    }

    /** @param lately oldest first */
    public ScalingTargetBuilder changes(List<ReplicaChange> lately) {
        this.replicas = new ReplicaState(
                replicas.present(), replicas.min(), replicas.max(), replicas.sinceLastChange(), List.copyOf(lately));
        return this;
    }

    public ScalingTargetBuilder priority(int ofGraph) {
        this.priority = ofGraph;
        return this;
    }

    /** Empty when there is no data. */
    public ScalingTargetBuilder demand(OptionalDouble perSecond) {
        this.demandPerSecond = perSecond;
        return this;
    }

    public ScalingTargetBuilder demand(double perSecond) {
        return demand(OptionalDouble.of(perSecond));
    }

    public ScalingTargetBuilder measuredAt(Optional<Instant> last) {
        this.measuredAt = last;
        return this;
    }

    /** @param share 0 to 1 */
    public ScalingTargetBuilder portion(double share) {
        this.portion = share;
        return this;
    }

    public ScalingTargetBuilder profile(ServiceProfile capacity) {
        this.profile = capacity;
        return this;
    }

    public ScalingTargetBuilder history(LoadSeries past) {
        this.history = past;
        return this;
    }

    public ScalingTargetBuilder metrics(Map<ScalingMetric, MetricReading> read) {
        this.metrics = Map.copyOf(read);
        return this;
    }

    /** @throws IllegalArgumentException when bounds or replicas make no sense */
    public ScalingTarget build() {
        return new BuiltTarget(
                service,
                perReplica,
                replicas,
                priority,
                demandPerSecond,
                measuredAt,
                portion,
                profile,
                history,
                metrics);
    }

    private record BuiltTarget(
            TargetKey scaled,
            Resources perReplica,
            ReplicaState state,
            int priority,
            OptionalDouble demandPerSecond,
            Optional<Instant> measuredAt,
            double portion,
            ServiceProfile profile,
            LoadSeries history,
            Map<ScalingMetric, MetricReading> metrics)
            implements ScalingTarget {

        BuiltTarget {
            if (state.min() < 0 || state.max() < state.min() || state.present() < 0) {
                throw new IllegalArgumentException(
                        "Expected 0 <= minReplicas <= maxReplicas and replicas >= 0, got %d, %d, %d (service %s)"
                                .formatted(state.min(), state.max(), state.present(), scaled.id()));
            }
            if (!(portion >= 0 && portion <= 1)) {
                throw new IllegalArgumentException(
                        "Expected a portion of 0 to 1, got %s (service %s)".formatted(portion, scaled.id()));
            }
        }

        @Override
        public GraphId graph() {
            return scaled.graph();
        }

        @Override
        public String service() {
            return scaled.id();
        }

        @Override
        public ClusterId cluster() {
            return scaled.cluster();
        }

        @Override
        public int replicas() {
            return state.present();
        }

        @Override
        public int minReplicas() {
            return state.min();
        }

        @Override
        public int maxReplicas() {
            return state.max();
        }

        @Override
        public Duration sinceLastChange() {
            return state.sinceLastChange();
        }

        @Override
        public List<ReplicaChange> changes() {
            return state.changes();
        }
    }
}
