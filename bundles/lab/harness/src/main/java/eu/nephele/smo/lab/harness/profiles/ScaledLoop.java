// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.lab.harness.profiles.ModelService.LoadSignal;
import eu.nephele.smo.scaling.optimal.OptimalParameters;
import eu.nephele.smo.scaling.optimal.OptimalScalingStrategy;
import eu.nephele.smo.scaling.profiler.CapacityLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** A service in a closed loop with the strategy {@code optimal}: what is measured decides replicas, which decide what is measured. */
final class ScaledLoop {

    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    static final int MOST_REPLICAS = 40;
    private static final int DECIDED_EVERY_SECONDS = 30;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final Resources ONE = Resources.ofNames(Map.of(Resources.CPU, 1_000L));
    private static final ClusterId CLUSTER = new ClusterId("bench", "c1");
    private static final GraphId GRAPH = new GraphId("bench", "g");

    private final OptimalScalingStrategy strategy = new OptimalScalingStrategy();
    private final SimpleContext context = SimpleContext.unlimited()
            .withParameters(
                    new OptimalParameters(OptimalParameters.Mode.DEFAULT, Optional.empty(), Optional.empty(), 1));
    private final List<ClusterCapacity> clusters = List.of(ClusterCapacity.of(CLUSTER, ONE.times(MOST_REPLICAS)));
    private final ModelService service;
    private final ModelLoad load;
    private final ProfileSource profiles;
    private final LoadSignal signal;
    private long second;
    private double violationMinutes;
    private double replicaHours;

    ScaledLoop(ModelCase model, LoadSignal signal, ProfileSource profiles) {
        Random random = new Random(model.seed());
        this.load = new ModelLoad(model.meanDemand(), model.periodSeconds(), random.nextDouble(), random);
        this.service =
                new ModelService(model.truth(), model.startReplicas(), model.noise(), new Random(model.seed() + 1));
        this.signal = signal;
        this.profiles = profiles;
    }

    /** Runs for so long; minutes with more demand than capacity are violations of latency. */
    ScaledLoop run(long seconds) {
        for (long end = second + seconds; second < end; second += ModelService.STEP_SECONDS) {
            if (service.step(second, load.next(second))) {
                violationMinutes += (double) ModelService.STEP_SECONDS / SECONDS_PER_MINUTE;
            }
            replicaHours += service.decided() * ModelService.STEP_SECONDS / 3600.0;
            profiles.observe(service.sample(START.plusSeconds(second), signal));
            if (second % DECIDED_EVERY_SECONDS == 0) {
                decide();
            }
        }
        return this;
    }

    void become(CapacityLine other) {
        service.become(other);
    }

    private void decide() {
        CapacityLine line = profiles.profile();
        ScalingTarget target = ScalingTarget.builder(GRAPH, "s", CLUSTER)
                .perReplica(ONE)
                .replicas(service.decided())
                .bounds(1, MOST_REPLICAS)
                .demand(OptionalDouble.of(service.measuredDemand()))
                .profile(new ServiceProfile(line.alpha(), line.beta()))
                .build();
        Answer answer = strategy.scale(ScalingRequest.of(List.of(target), clusters), context)
                .answers()
                .get(0);
        if (answer instanceof Replicas decided && decided.replicas() != service.decided()) {
            service.scale(second, decided.replicas());
        }
    }

    double violationMinutes() {
        return violationMinutes;
    }

    double replicaHours() {
        return replicaHours;
    }
}
