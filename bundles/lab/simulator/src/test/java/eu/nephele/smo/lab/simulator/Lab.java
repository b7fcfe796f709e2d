// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.simulator.WorldAction.DropSeries;
import eu.nephele.smo.lab.simulator.WorldAction.SetSeries;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A world in virtual time with two clusters, a (4 cores) and b (2 cores), and helpers for tests. */
final class Lab {

    static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
    static final String OWNER = "installation-1";
    static final Duration DELAY = Duration.ofSeconds(2);

    final VirtualClock clock = new VirtualClock(START);
    final SimulatedFederation world;

    Lab() {
        this(Scenario.of(DELAY, cluster("a", 4), cluster("b", 2)));
    }

    Lab(Scenario scenario) {
        this(scenario, notification -> {});
    }

    Lab(Scenario scenario, Consumer<Notification> receiver) {
        world = SimulatedFederation.inVirtualTime(scenario, clock, receiver);
    }

    static ClusterModel cluster(String name, int cores) {
        return ClusterModel.of(name, new Resources(cores * 1000L, 64L << 30, 0, 0));
    }

    static ClusterId id(String cluster) {
        return new ClusterId(SimulatedFederation.SOURCE, cluster);
    }

    static WorkloadRef ref(String service) {
        return new WorkloadRef(new GraphId("p", "g"), service);
    }

    static StepKey key(String service, long assignment) {
        return new StepKey(ref(service), assignment, "install");
    }

    static Resources cores(double cores) {
        return new Resources(Math.round(cores * 1000), 1 << 20, 0, 0);
    }

    static Artifact artifact(String chart) {
        return new Artifact(
                "oci://registry.example.com/test/" + chart + ":1.0", "App", "HELM", "HELM", JsonObject.EMPTY);
    }

    static InstallRequest request(String service, int replicas, Resources perReplica, String... clusters) {
        return new InstallRequest(
                key(service, 1),
                artifact(service),
                JsonObject.EMPTY,
                Stream.of(clusters).map(name -> ClusterTarget.of(id(name))).toList(),
                replicas,
                perReplica,
                1,
                OWNER,
                Set.of());
    }

    void install(String service, int replicas, double cores, String... clusters) {
        world.deployer().ensureInstalled(request(service, replicas, cores(cores), clusters));
    }

    void shares(String service, long assignment, Share... shares) {
        world.runtime().ensureShares(key(service, assignment), List.of(shares));
    }

    static Share share(String cluster, int replicas) {
        return new Share(id(cluster), replicas);
    }

    void rule(String service, String event, String expression, Duration gracePeriod) {
        world.alertRules()
                .ensure(ref(service), new EventRule(event, expression, gracePeriod, "words for people"), OWNER);
    }

    void series(String name, Map<String, String> labels, double value) {
        world.apply(new SetSeries(new MetricSeries(name, labels), value));
    }

    void drop(String name, Map<String, String> labels) {
        world.apply(new DropSeries(new MetricSeries(name, labels)));
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    void passStartup() {
        pass(DELAY);
    }

    Optional<WorkloadObservation> observed(String service) {
        return Optional.ofNullable(
                world.runtime().observe(List.of(ref(service))).get(ref(service)));
    }

    int ready(String service) {
        return observed(service).orElseThrow().readyReplicas();
    }

    String message(String service) {
        return observed(service).orElseThrow().message();
    }

    Map<ClusterId, OnCluster> on(String service) {
        return observed(service).orElseThrow().byCluster();
    }

    WorldSnapshot.Cluster inWorld(String cluster) {
        return world.snapshot().clusters().stream()
                .filter(each -> each.name().equals(cluster))
                .findFirst()
                .orElseThrow();
    }
}
