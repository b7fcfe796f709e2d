// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.HelmSettings.WorkerSettings;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.ClusterTarget;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The deployer as the component builds it, over clusters, secrets and charts of the test. */
final class Bench implements AutoCloseable {

    static final String OWNER = "installation-1";
    static final String CHART = "oci://example.org/charts/video:1.0.0";

    final Map<String, String> secrets = new ConcurrentHashMap<>();
    final Map<String, Boolean> ready = new ConcurrentHashMap<>();
    final OwnerFence fence = new OwnerFence(HelmErrors.SYSTEM);
    final TestCharts charts;
    final WorkerSupervisor workers;
    final HelmClient helm;
    final HelmDeployer deployer;
    private final ApiServers servers;
    private final HelmSettings settings;

    Bench(Path folder, HelmSettings settings) {
        this(folder, settings, Optional.empty());
    }

    /** @param played answers instead of a worker */
    Bench(Path folder, HelmSettings settings, Optional<HelmCalls> played) {
        charts = new TestCharts(folder);
        this.settings = settings;
        folder.toFile().mkdirs();
        workers = workers(folder.resolve("helm"), settings.worker(), fence);
        helm = new HelmClient(played.orElse(workers), settings.call(), fence, () -> CallTracer.NONE);
        SecretSource source = reference -> Optional.ofNullable(secrets.get(reference));
        servers = new ApiServers(new KubeconfigResolver(() -> List.of(source), new HelmJson()), settings, fence);
        deployer = deployer(charts);
    }

    /** Another deployer with the same worker, over other charts. */
    HelmDeployer deployer(ArtifactRepository from) {
        HelmJson json = new HelmJson();
        return new HelmDeployer(
                new HelmConnections(() -> List.of(new Registry()), settings.connection()),
                servers,
                new ChartFetcher(() -> Optional.of(from), helm, json),
                helm,
                settings,
                json,
                Clock.systemUTC());
    }

    static WorkerSupervisor workers(Path folder, WorkerSettings settings, OwnerFence fence) {
        WorkerProgram program = where -> System.getProperty("java.class.path");
        return new WorkerSupervisor(settings, new WorkerStart(program, folder, settings), fence);
    }

    static HelmSettings settings() {
        return settings(false);
    }

    static HelmSettings settings(boolean removeNamespaces) {
        return new HelmSettings(
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                3,
                List.of("replicas", "replicaCount"),
                removeNamespaces,
                1 << 20,
                workerSettings());
    }

    static WorkerSettings workerSettings() {
        return new WorkerSettings(8, 96, 2000, 1024);
    }

    /** A cluster whose connection is {@code file:NAME}. */
    Bench cluster(String name, String kubeconfig) {
        secrets.put("file:" + name, kubeconfig);
        ready.put(name, true);
        return this;
    }

    InstallRequest request(String service, JsonObject values, String... clusters) {
        return request(1, "install", service, CHART, values, clusters);
    }

    InstallRequest request(
            long assignment, String step, String service, String chart, JsonObject values, String... clusters) {
        return new InstallRequest(
                new StepKey(workload(service), assignment, step),
                new Artifact(chart, "App", "HELM", "HELM", JsonObject.EMPTY),
                values,
                targets(clusters),
                2,
                Resources.NONE,
                7,
                OWNER,
                Set.of());
    }

    static WorkloadRef workload(String service) {
        return new WorkloadRef(new GraphId("demo", "a graph"), service);
    }

    static StepKey removal(String service) {
        return new StepKey(workload(service), 2, "remove");
    }

    static JsonObject values(String json) {
        try {
            return new HelmJson().object(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        workers.close();
        servers.close();
    }

    private static List<ClusterTarget> targets(String... clusters) {
        return java.util.Arrays.stream(clusters)
                .map(name -> new ClusterTarget(new ClusterId("test", name), Optional.of("file:" + name)))
                .toList();
    }

    private final class Registry implements ClusterRegistry {
        @Override
        public List<ClusterState> clusters() {
            return ready.entrySet().stream()
                    .map(cluster -> state(cluster.getKey(), cluster.getValue()))
                    .toList();
        }

        private ClusterState state(String name, boolean isReady) {
            return new ClusterState(
                    new ClusterId("test", name),
                    isReady,
                    Resources.NONE,
                    Resources.NONE,
                    "",
                    Map.of(),
                    EnergyProfile.UNKNOWN,
                    Set.of(),
                    Instant.EPOCH);
        }

        @Override
        public ClusterTarget target(ClusterId cluster) {
            return new ClusterTarget(cluster, Optional.of("file:" + cluster.name()));
        }

        @Override
        public Subscription subscribe(Runnable onChange) {
            return () -> {};
        }
    }
}
