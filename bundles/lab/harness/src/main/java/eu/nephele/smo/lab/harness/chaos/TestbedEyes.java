// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import eu.nephele.smo.lab.testbed.Testbed;
import eu.nephele.smo.lab.testbed.players.ReconciledObject;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the API servers and the Prometheus of a test bed, past the server that is judged. */
final class TestbedEyes implements AutoCloseable {

    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Testbed testbed;
    private final URI rules;
    private final Map<String, KubernetesClient> clients = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Set<String> services = Set.of();

    TestbedEyes(Testbed testbed) throws IOException {
        this.testbed = testbed;
        this.rules = testbed.prometheus().url().resolve("/api/v1/rules");
        for (String name : testbed.servers().keySet()) {
            String kubeconfig = Files.readString(testbed.server(name).kubeconfig());
            clients.put(
                    name,
                    new KubernetesClientBuilder()
                            .withConfig(Config.fromKubeconfig(kubeconfig))
                            .build());
        }
    }

    ObservedWorld observe() throws IOException, InterruptedException {
        List<HelmRecord> records = records();
        List<ReconciledObject> objects = testbed.objects().stream()
                .filter(reconciledObject -> reconciledObject.namespace().equals(DescriptorEdits.PROJECT))
                .toList();
        return new TestbedView(records, objects, pods(), rules()).outside();
    }

    /** Names of the services that had a release at the last poll; kept while an API server is down. */
    Set<String> services() {
        try {
            Set<String> found = new TreeSet<>();
            for (String server : clients.keySet()) {
                secrets(server)
                        .forEach(secret ->
                                found.add(secret.getMetadata().getLabels().getOrDefault("name", "")));
            }
            services = found;
        } catch (RuntimeException unreachable) {
            // an API server is down: for the load its services of before still count
            return services;
        }
        return services;
    }

    private List<HelmRecord> records() throws IOException {
        List<HelmRecord> records = new ArrayList<>();
        for (String server : clients.keySet()) {
            for (Secret secret : secrets(server)) {
                records.add(HelmRecord.read(server, secret));
            }
        }
        return records;
    }

    private List<Secret> secrets(String server) {
        return client(server)
                .secrets()
                .inNamespace(DescriptorEdits.PROJECT)
                .withLabel("owner", "helm")
                .list()
                .getItems();
    }

    /** Pods that are not being deleted. */
    private List<TestbedView.SeenPod> pods() {
        List<TestbedView.SeenPod> pods = new ArrayList<>();
        for (String cluster : clients.keySet()) {
            for (Pod pod : client(cluster)
                    .pods()
                    .inNamespace(DescriptorEdits.PROJECT)
                    .list()
                    .getItems()) {
                if (pod.getMetadata().getDeletionTimestamp() == null) {
                    String service = pod.getMetadata().getLabels().getOrDefault(INSTANCE, "");
                    boolean ready = pod.getStatus().getConditions().stream()
                            .anyMatch(condition -> condition.getType().equals("Ready")
                                    && condition.getStatus().equals("True"));
                    pods.add(new TestbedView.SeenPod(cluster, service, ready));
                }
            }
        }
        return pods;
    }

    /** Rules that Prometheus evaluates, not rules that were written. */
    private List<RuleRecord> rules() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(rules).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        List<RuleRecord> records = new ArrayList<>();
        for (JsonNode group : new JsonMapper().readTree(answer.body()).at("/data/groups")) {
            for (JsonNode rule : group.path("rules")) {
                String[] names = rule.path("name").asText().split("/", -1);
                if (names.length == 4 && names[0].equals(DescriptorEdits.PROJECT)) {
                    WorkloadRef ref = new WorkloadRef(new GraphId(names[0], names[1]), names[2]);
                    EventRule event = new EventRule(names[3], rule.path("query").asText(), Duration.ZERO, "");
                    records.add(new RuleRecord(
                            ref, event, rule.at("/labels/smo_owner").asText()));
                }
            }
        }
        return records;
    }

    private KubernetesClient client(String server) {
        KubernetesClient client = clients.get(server);
        if (client == null) {
            throw new IllegalArgumentException("Unknown API server " + server);
        }
        return client;
    }

    @Override
    public void close() {
        clients.values().forEach(KubernetesClient::close);
    }
}
