// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.context;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.core.contract.work.BackOff;
import eu.nephele.smo.core.engine.work.AdmissionController;
import java.time.Duration;
import java.util.Map;

/**
 * Settings of the engine.
 *
 * @param poll how often a graph that has not converged is reconciled without a reported change
 * @param drift how often a graph that has converged is reconciled
 * @param failoverGrace how long a cluster may be unavailable before its services are placed elsewhere
 * @param settle how long changes of the clusters are collected before they are processed together
 * @param removalWait how long a deployment waits for the removal of a graph that has its name
 * @param progressDeadline how long a change may take before it counts as failed; zero for no limit
 * @param sweep when everything outside is compared with the desired state
 * @param replacementInterval shortest time between two re-placements of a graph for lack of capacity for its replicas
 * @param admission how much may wait before more is rejected
 */
public record EngineSettings(
        Duration poll,
        Duration drift,
        BackOff backOff,
        Duration failoverGrace,
        Duration settle,
        Duration removalWait,
        Duration progressDeadline,
        Sweep sweep,
        Duration replacementInterval,
        Duration planValidity,
        AdmissionController.AdmissionLimits admission,
        Scaling scaling) {

    /** The defaults of the configuration, without known services. */
    public static final EngineSettings STANDARD = new EngineSettings(
            Duration.ofMillis(500),
            Duration.ofSeconds(15),
            new BackOff(Duration.ofMillis(200), Duration.ofSeconds(30)),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            new Sweep(Duration.ofSeconds(30), Duration.ofMinutes(1)),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            new AdmissionController.AdmissionLimits(5_000, 20_000, Duration.ofMinutes(2)),
            new Scaling(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofHours(3),
                    Duration.ofMinutes(1),
                    5,
                    Map.of(),
                    new ServiceProfile(1, 0)));

    /** @param orphanGrace how long something without owner is left before it is removed */
    public record Sweep(Duration every, Duration orphanGrace) {}

    /**
     * @param interval how often replicas are decided unless the descriptor says otherwise
     * @param rateWindow window over which request rates are taken; at least four scrape intervals
     * @param history how far back strategies that want it see the past
     * @param maxReplicas upper bound unless configuration or descriptor say otherwise
     * @param profiles per service id: what is known of it
     * @param profile capacity model of all others
     */
    public record Scaling(
            Duration interval,
            Duration rateWindow,
            Duration history,
            Duration historyStep,
            int maxReplicas,
            Map<String, KnownService> profiles,
            ServiceProfile profile) {

        public Scaling {
            profiles = Map.copyOf(profiles);
        }
    }

    public record KnownService(ServiceProfile profile, int maxReplicas) {}
}
