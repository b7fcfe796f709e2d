// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.promql.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Metrics of the world, under the names that exporters of Kubernetes and of services use. */
final class MetricsExposition {

    private final Counters counters;
    private final double requestsPerCpuSecond;
    private final Map<String, BiFunction<String, WorldState, List<Sample>>> exporters = new TreeMap<>();

    MetricsExposition(Counters counters, double requestsPerCpuSecond) {
        this.counters = counters;
        this.requestsPerCpuSecond = requestsPerCpuSecond;
        exporters.put("up", MetricsExposition::targets);
        exporters.put("flask_http_request_total", this::requests);
        exporters.put("http_requests_total", this::requests);
        exporters.put("container_cpu_usage_seconds_total", this::cpuSeconds);
        exporters.put("container_memory_working_set_bytes", this::memoryBytes);
        exporters.put(
                "kube_deployment_status_replicas_ready",
                (metric, state) -> deployments(metric, state, pods -> pods.stream()
                        .filter(Pod::isReady)
                        .count()));
        exporters.put(
                "kube_deployment_spec_replicas", (metric, state) -> deployments(metric, state, pods -> pods.size()));
        exporters.put(
                "kube_deployment_status_replicas_available",
                (metric, state) -> deployments(metric, state, pods -> pods.stream()
                        .filter(Pod::isReady)
                        .count()));
    }

    Set<String> metrics() {
        return exporters.keySet();
    }

    List<Sample> samples(String metric, WorldState state) {
        BiFunction<String, WorldState, List<Sample>> exporter = exporters.get(metric);
        return exporter == null ? List.of() : exporter.apply(metric, state);
    }

    /** Returns the scrape targets: the clusters, and each pod that has a node. */
    private static List<Sample> targets(String metric, WorldState state) {
        List<Sample> samples = new ArrayList<>();
        for (Node node : state.nodes().all()) {
            samples.add(sample(metric, Map.of("job", "kubelet", "cluster", node.name()), node.isUp() ? 1 : 0));
        }
        for (InstalledRelease release : state.releases().all()) {
            for (Pod pod : release.pods()) {
                if (pod.isScheduled()) {
                    Map<String, String> labels = labels(release, "service");
                    labels.put("cluster", pod.node().name());
                    labels.put("pod", pod.name());
                    samples.add(sample(metric, labels, pod.isReady() ? 1 : 0));
                }
            }
        }
        return samples;
    }

    private List<Sample> requests(String metric, WorldState state) {
        return ready(state)
                .filter(release ->
                        state.loads().rateOf(release.ref(), state.now()).isPresent())
                .map(release -> sample(
                        metric,
                        labels(release, "service"),
                        counters.get(release.ref()).requests()))
                .toList();
    }

    private List<Sample> cpuSeconds(String metric, WorldState state) {
        return ready(state)
                .map(release -> sample(
                        metric,
                        labels(release, "container"),
                        counters.get(release.ref()).cpuSeconds()))
                .toList();
    }

    private List<Sample> memoryBytes(String metric, WorldState state) {
        return ready(state)
                .map(release -> sample(
                        metric,
                        labels(release, "container"),
                        Counters.memoryBytes(
                                release,
                                state.loads().rateOf(release.ref(), state.now()).orElse(0),
                                requestsPerCpuSecond)))
                .toList();
    }

    /** Only a service with a ready replica is measured. */
    private static Stream<InstalledRelease> ready(WorldState state) {
        return state.releases().all().stream().filter(release -> release.readyReplicas() > 0);
    }

    private static List<Sample> deployments(String metric, WorldState state, ToDoubleFunction<List<Pod>> value) {
        List<Sample> samples = new ArrayList<>();
        for (InstalledRelease release : state.releases().all()) {
            release.podsByCluster().forEach((cluster, pods) -> {
                Map<String, String> labels = labels(release, "deployment");
                labels.put("cluster", cluster);
                samples.add(sample(metric, labels, value.applyAsDouble(pods)));
            });
        }
        return samples;
    }

    private static Map<String, String> labels(InstalledRelease release, String nameOfService) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("namespace", release.ref().graph().project());
        labels.put("job", release.ref().service());
        labels.put(nameOfService, release.ref().service());
        return labels;
    }

    private static Sample sample(String metric, Map<String, String> labels, double value) {
        return new Sample(Sample.named(metric, labels), value);
    }
}
