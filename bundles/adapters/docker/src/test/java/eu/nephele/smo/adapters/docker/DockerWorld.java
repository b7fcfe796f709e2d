// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import eu.nephele.smo.adapters.docker.engine.DirectTransport;
import eu.nephele.smo.adapters.docker.engine.DockerJavaEngine;
import eu.nephele.smo.adapters.docker.server.ServerSettings;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Played servers, the adapter for them, and what an engine asks of it. */
final class DockerWorld implements AutoCloseable {

    static final ClusterId A = new ClusterId("docker", "a");
    static final ClusterId B = new ClusterId("docker", "b");
    static final String OWNER = "installation-1";

    final Map<ClusterId, PlayedDocker> engines = new HashMap<>();
    final Map<ClusterId, AutoCloseable> connections = new HashMap<>();
    final PlayedSurroundings surroundings = new PlayedSurroundings();
    List<String> secrets = List.of("env:T");
    private final Duration unreachableAfter;
    private int maxContainers;
    DockerServers servers;

    DockerWorld() throws IOException {
        this(20, Duration.ofSeconds(3));
    }

    DockerWorld(int maxContainers, Duration unreachableAfter) throws IOException {
        this.maxContainers = maxContainers;
        this.unreachableAfter = unreachableAfter;
        engines.put(A, new PlayedDocker());
        engines.put(B, new PlayedDocker());
        begin(engines.keySet());
    }

    PlayedDocker a() {
        return engines.get(A);
    }

    PlayedDocker b() {
        return engines.get(B);
    }

    private void begin(Set<ClusterId> configured) {
        beginUnlisted(configured);
        Await.until("the servers are listed", () -> servers.clusters().clusters().stream()
                .allMatch(each -> each.ready()));
    }

    private void beginUnlisted(Set<ClusterId> configured) {
        servers = new DockerServers(surroundings, Duration.ofMillis(300));
        servers.begin(surroundings.tenure);
        configured.forEach(id -> connections.put(id, connect(id, engines.get(id))));
    }

    /** One more configuration of that name. */
    AutoCloseable connect(ClusterId id, PlayedDocker engine) {
        return servers.add(settings(id), engine(id, engine));
    }

    /** The same with its host written in another way. */
    AutoCloseable connectBy(String host, ClusterId id) {
        return servers.add(settings(id, host), engine(id, engines.get(id)));
    }

    static DockerJavaEngine engine(ClusterId id, PlayedDocker engine) {
        return new DockerJavaEngine(
                id.name(),
                new DirectTransport(engine.address(), Optional.empty(), Duration.ofSeconds(1)),
                Duration.ofSeconds(2));
    }

    /** Its configuration is gone. */
    void disconnect(ClusterId id) {
        try {
            connections.remove(id).close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    ServerSettings settings(ClusterId id) {
        return settings(id, "127.0.0.1");
    }

    private ServerSettings settings(ClusterId id, String host) {
        return new ServerSettings(
                id,
                host,
                "",
                maxContainers,
                Map.of(),
                "lab",
                List.of("/srv"),
                Map.of(),
                secrets,
                Duration.ofSeconds(1),
                unreachableAfter,
                Duration.ofSeconds(60));
    }

    /** As after a crash: nothing that the adapter had in memory is left. */
    void crash() {
        servers.close();
        begin(engines.keySet());
    }

    /** The same, and no server has been listed yet. */
    void crashUnlisted() {
        servers.close();
        beginUnlisted(engines.keySet());
    }

    /** The same, and only one server is configured at once. */
    void crashTo(ClusterId only) {
        servers.close();
        begin(Set.of(only));
    }

    void crash(int newMaximum) {
        maxContainers = newMaximum;
        crash();
    }

    static WorkloadRef ref(String service) {
        return new WorkloadRef(new GraphId("shop", "graph"), service);
    }

    /** Values with a port, a quick health check and short waits. */
    static JsonObject values() {
        JsonObject health = JsonObject.EMPTY
                .with("intervalSeconds", JsonNumber.of(1))
                .with("timeoutSeconds", JsonNumber.of(1))
                .with("rise", JsonNumber.of(1))
                .with("fall", JsonNumber.of(2))
                .with("graceSeconds", JsonNumber.of(1));
        return JsonObject.EMPTY
                .with("port", JsonNumber.of(8080))
                .with("health", health)
                .with("drainSeconds", JsonNumber.of(1))
                .with("stopSeconds", JsonNumber.of(1))
                .with("startSeconds", JsonNumber.of(5))
                .with("replacementIntervalSeconds", JsonNumber.of(1));
    }

    static JsonObject balanced() {
        return values().with("balancer", JsonObject.EMPTY.with("port", JsonNumber.of(9000)));
    }

    static InstallRequest request(
            WorkloadRef ref, String tag, JsonObject values, long assignment, ClusterId... targets) {
        return request(ref, tag, values, assignment, Set.of(), targets);
    }

    static InstallRequest request(
            WorkloadRef ref, String tag, JsonObject values, long assignment, Set<String> adopts, ClusterId... targets) {
        return new InstallRequest(
                new StepKey(ref, assignment, "install"),
                new Artifact("oci://localhost/app:" + tag, "App", "CONTAINER", "CONTAINER", values),
                values,
                List.of(targets).stream().map(ClusterTarget::of).toList(),
                1,
                new Resources(250, 32L << 20, 0, 0),
                assignment,
                OWNER,
                adopts);
    }

    void install(WorkloadRef ref, String tag, JsonObject values, long assignment, ClusterId... targets) {
        servers.deployer().ensureInstalled(request(ref, tag, values, assignment, targets));
    }

    void run(WorkloadRef ref, long assignment, Share... shares) {
        servers.runtime().ensureShares(new StepKey(ref, assignment, "scale"), List.of(shares));
    }

    Optional<WorkloadObservation> seen(WorkloadRef ref) {
        return Optional.ofNullable(servers.runtime().observe(List.of(ref)).get(ref));
    }

    Optional<OnCluster> on(WorkloadRef ref, ClusterId cluster) {
        return seen(ref).map(observation -> observation.byCluster().get(cluster));
    }

    /** Waits until so many replicas are ready there, and nothing else is to be done. */
    void awaitRollout(WorkloadRef ref, ClusterId cluster, int replicas) {
        Await.within(
                Duration.ofSeconds(40),
                () -> "rolled out: %s; %s".formatted(seen(ref), engines.get(cluster).log),
                () -> on(ref, cluster)
                                .filter(there -> there.desiredReplicas() == replicas
                                        && there.waitsFor(replicas).isEmpty())
                                .isPresent()
                        && seen(ref).orElseThrow().message().isEmpty());
    }

    @Override
    public void close() {
        servers.close();
        engines.values().forEach(PlayedDocker::close);
    }
}
