// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.itests.Trail.PodSeen;
import eu.nephele.smo.itests.Trail.Said;
import eu.nephele.smo.itests.Trail.Seen;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Looks at a service on each cluster twenty times a second, with a client of its own for each, and asks the server as often. What is
 * slow to answer keeps nobody else from being asked.
 */
final class Sampler implements AutoCloseable {

    private static final int PERIOD_MILLIS = 50;
    private static final int TIMEOUT_MILLIS = 1_000;

    private final NativeApi api;
    private final String service;
    private final Map<String, KubernetesClient> clusters = new TreeMap<>();
    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Said> said = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedQueue<Exception> defects = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService threads;
    private final long began = System.nanoTime();
    private volatile Optional<String> operation = Optional.empty();

    private Sampler(NativeApi api, String service, Map<String, Path> kubeconfigs) throws IOException {
        this.api = api;
        this.service = service;
        for (Map.Entry<String, Path> kubeconfig : kubeconfigs.entrySet()) {
            clusters.put(kubeconfig.getKey(), client(kubeconfig.getValue()));
        }
        this.threads = Executors.newScheduledThreadPool(clusters.size() + 1);
    }

    /** @param service also the name of its graph */
    static Sampler start(NativeApi api, String service, Map<String, Path> kubeconfigs) throws IOException {
        Sampler sampler = new Sampler(api, service, kubeconfigs);
        sampler.clusters.forEach((name, client) -> sampler.often(() -> sampler.look(name, client)));
        sampler.often(sampler::ask);
        return sampler;
    }

    private static KubernetesClient client(Path kubeconfig) throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
        config.setRequestTimeout(TIMEOUT_MILLIS);
        config.setConnectionTimeout(TIMEOUT_MILLIS);
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private interface Look {
        void at() throws Exception;
    }

    private void often(Look look) {
        // what it throws is in the defects
        Future<?> unused = threads.scheduleAtFixedRate(
                () -> {
                    try {
                        look.at();
                    } catch (InterruptedException ending) {
                        Thread.currentThread().interrupt();
                    } catch (Exception | AssertionError defect) {
                        defects.add(new IllegalStateException("The sampler could not look", defect));
                    }
                },
                0,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** From now on. */
    void follow(String operationId) {
        operation = Optional.of(operationId);
    }

    long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private void look(String name, KubernetesClient client) {
        long begun = now();
        try {
            Map<Boolean, List<PodSeen>> pods = client
                    .pods()
                    .inNamespace(api.project())
                    .withLabel("app.kubernetes.io/instance", service)
                    .list()
                    .getItems()
                    .stream()
                    .collect(Collectors.partitioningBy(
                            Sampler::isOfADeployment, Collectors.mapping(Sampler::pod, Collectors.toList())));
            boolean there = client.apps()
                            .deployments()
                            .inNamespace(api.project())
                            .withName(service)
                            .get()
                    != null;
            List<String> workloads = there ? List.of("Deployment " + service) : List.of();
            seen.add(new Seen(
                    begun,
                    name,
                    false,
                    Objects.requireNonNull(pods.get(true)),
                    Objects.requireNonNull(pods.get(false)),
                    workloads));
        } catch (KubernetesClientException unanswered) {
            if (threads.isShutdown()) {
                return;
            }
            seen.add(new Seen(begun, name, true, List.of(), List.of(), List.of()));
        }
    }

    private static boolean isOfADeployment(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getKind().equals("ReplicaSet"));
    }

    private static PodSeen pod(Pod pod) {
        boolean ending = pod.getMetadata().getDeletionTimestamp() != null;
        boolean done = "Succeeded".equals(pod.getStatus().getPhase());
        boolean ready = pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
        return new PodSeen(pod.getSpec().getContainers().get(0).getImage(), (ready || done) && !ending, ending);
    }

    private void ask() throws IOException, InterruptedException {
        Optional<JsonNode> ofOperation =
                operation.isEmpty() ? Optional.empty() : found("/api/v1/operations/" + operation.get());
        Optional<JsonNode> ofGraph = found(api.graphs() + "/" + service);
        said.add(Said.of(now(), ofOperation, ofGraph));
    }

    private Optional<JsonNode> found(String path) throws IOException, InterruptedException {
        RestClient.Answer answer = api.client().get(path);
        if (answer.status() != 200 && answer.status() != 404) {
            throw new IOException("GET %s: %d %s".formatted(path, answer.status(), answer.text()));
        }
        return answer.status() == 404 ? Optional.empty() : Optional.of(answer.json());
    }

    /** What the server said last. */
    Optional<Said> last() {
        return Optional.ofNullable(said.peekLast());
    }

    /** Everything so far. */
    Trail trail() {
        List<Seen> sorted = new ArrayList<>(seen);
        sorted.sort(Comparator.comparingLong(Seen::begun));
        return new Trail(sorted, List.copyOf(said));
    }

    /** Why it could not look, if it could not. */
    List<Exception> defects() {
        return List.copyOf(defects);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clusters.values().forEach(KubernetesClient::close);
    }
}
