// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.testbed.Testbed;
import eu.nephele.smo.lab.testbed.WorldKind;
import eu.nephele.smo.lab.testbed.WorldSpec;
import eu.nephele.smo.lab.testbed.players.PlayedDelays;
import eu.nephele.smo.lab.testbed.push.PushOptions;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The product with its default settings beside a Karmada of two members, and graphs of one service to try it with. */
final class FaultWorld implements AutoCloseable {

    static final String PROJECT = "faults";
    static final List<String> MEMBERS = List.of("c1", "c2");

    /** A chart whose policy leaves the replicas alone. */
    static final String DUPLICATED = "web";
    /** One whose policy divides them over its clusters by weights. */
    static final String DIVIDED = "divided";
    /** One with a DaemonSet and a Job beside the service; all images are values. */
    static final String WHOLE = "whole";

    /** Beside the time that pods take. */
    private static final int DEADLINE_SECONDS = 20;
    /** Below that of a client. */
    private static final int LIMIT_SECONDS = 50;

    private static final Path CHARTS =
            Path.of("src/test/resources/charts").toAbsolutePath().normalize();
    private static final String DIVISION = """
              placement:
                replicaScheduling:
                  replicaSchedulingType: Divided
                  replicaDivisionPreference: Weighted
            """;

    final Testbed testbed;
    final NativeApi api;
    private final ServerProcess server;

    private FaultWorld(Testbed testbed, NativeApi api, ServerProcess server) {
        this.testbed = testbed;
        this.api = api;
        this.server = server;
    }

    /**
     * Starts everything; without its programs the test is skipped, loudly. A change may take as long as two pods need to start
     * slowly, one after the other, and no longer.
     */
    static FaultWorld start() throws Exception {
        int port = Distribution.freePort();
        WorldSpec usual = WorldSpec.of(WorldKind.KARMADA, MEMBERS.size())
                .withSmo(URI.create("http://127.0.0.1:" + port), Optional.empty());
        // that Karmada is slow to see a member go is what failover is about: it is so in each test
        WorldSpec spec = usual.withDelays(usual.delays().podStart(), PlayedDelays.REAL.notReady());
        List<String> absent = Testbed.absent(spec);
        absent.forEach(line -> System.err.printf("%n*** %s: THE FAULT TABLE IS NOT TESTED ***%n%n", line));
        assumeTrue(absent.isEmpty(), () -> String.join("; ", absent));
        Path folder = Distribution.freshFolder("testbed");
        Testbed testbed = Testbed.start(spec, folder);
        ServerProcess server = null;
        try {
            Files.writeString(
                    folder.resolve("etc/eu.nephele.smo.core.engine.cfg"),
                    "progressDeadlineSeconds=%d%n"
                            .formatted(DEADLINE_SECONDS + 2 * spec.delays().slowPodStart() / 1000));
            List<Path> charts = List.of(
                    chart(DUPLICATED, folder.resolve(DUPLICATED)),
                    chart(DIVIDED, folder.resolve(DIVIDED)),
                    CHARTS.resolve(WHOLE));
            new PushOptions(testbed.registry().host(), PROJECT, charts).push();
            server = ServerProcess.start(
                    "--json",
                    "--profile",
                    "karmada",
                    "--config",
                    folder.resolve("etc").toString(),
                    "--port",
                    Integer.toString(port),
                    "--data",
                    Distribution.freshFolder("data").toString());
            server.awaitEvent("ready");
            FaultWorld world = new FaultWorld(testbed, new NativeApi(new RestClient(port), PROJECT), server);
            world.awaitMembers();
            return world;
        } catch (Exception | AssertionError failed) {
            if (server != null) {
                server.close();
            }
            testbed.close();
            throw failed;
        }
    }

    /** That of the demo under another name. */
    private static Path chart(String name, Path to) throws IOException {
        Path from = RealWorld.DEMO.resolve("charts/noise-reduction");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file).replace("name: noise-reduction", "name: " + name);
                if (name.equals(DIVIDED) && file.endsWith("placement.yaml")) {
                    text = text.replaceFirst("  placement:\n", DIVISION);
                }
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.writeString(target, text);
            }
        }
        return to;
    }

    static String image(String tag) {
        return image("web", tag);
    }

    static String image(String name, String tag) {
        return "registry.example/faults/%s:%s".formatted(name, tag);
    }

    /** A graph of one service of the same name. */
    String graph(String name, String chart, int replicas, String tag) {
        return graph(name, chart, replicas, Map.of("image", image(tag)));
    }

    /** @param images value of the chart to image */
    String graph(String name, String chart, int replicas, Map<String, String> images) {
        StringBuilder values = new StringBuilder();
        images.forEach((value, image) -> values.append("\"%s\":\"%s\",".formatted(value, image)));
        return """
                {"hdaGraph":{"id":"%1$s","services":[{"id":"%1$s",\
                "deployment":{"trigger":{"auto":{}},"intent":{"compute":{"cpu":"light","ram":"light"}}},\
                "artifact":{"ociImage":"oci://%2$s/%3$s/%4$s:1.0.0","ociConfig":{"type":"App","implementer":"HELM"},\
                "valuesOverwrite":{%5$s"resources":{"requests":{"cpu":"500m","memory":"512Mi"}}}},\
                "scaling":{"minReplicas":%6$d,"maxReplicas":%6$d}}]}}""".formatted(name, testbed.registry().host(), PROJECT, chart, values, replicas);
    }

    /**
     * Asks for something and does not wait.
     *
     * @param path below that of the graphs, "" for a new one
     * @param body "" for none
     * @return the operation
     */
    JsonNode ask(String method, String path, String body) throws Exception {
        RestClient.Answer answer = api.client().call(method, api.graphs() + path, body);
        assertThat(answer.status()).as(answer.text()).isIn(200, 202);
        return answer.json();
    }

    /** Asks for it and waits until it has succeeded. */
    void done(String method, String path, String body) throws Exception {
        String id = ask(method, path, body).path("id").asText();
        JsonNode ended = api.client()
                .get("/api/v1/operations/%s?wait=%d".formatted(id, LIMIT_SECONDS))
                .json();
        assertThat(ended.path("state").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
    }

    /** All members are ready, as the server sees them. */
    void awaitMembers() throws Exception {
        Eventually.within(120, () -> api.client().get("/api/v1/clusters"), answer -> {
            List<String> ready = new ArrayList<>();
            answer.json().path("items").forEach(cluster -> {
                if (cluster.path("ready").asBoolean()) {
                    ready.add(cluster.path("name").asText());
                }
            });
            assertThat(ready).as(answer.text()).containsAll(MEMBERS);
        });
    }

    /** Whatever there is of a graph goes. */
    void removed(String graph) throws Exception {
        RestClient.Answer answer = api.client().delete("%s/%s?wait=%d".formatted(api.graphs(), graph, LIMIT_SECONDS));
        assertThat(answer.status()).as(answer.text()).isIn(200, 404);
    }

    /** Workloads of a release that are on members, by cluster, kind and name. */
    List<String> workloads(String release) throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : MEMBERS) {
            Config config =
                    Config.fromKubeconfig(Files.readString(testbed.server(name).kubeconfig()));
            try (KubernetesClient client =
                    new KubernetesClientBuilder().withConfig(config).build()) {
                Stream.of(Deployment.class, DaemonSet.class, Job.class)
                        .flatMap(kind -> client
                                .resources(kind)
                                .inNamespace(PROJECT)
                                .withLabel("app.kubernetes.io/instance", release)
                                .list()
                                .getItems()
                                .stream())
                        .map(it -> "%s: %s %s"
                                .formatted(name, it.getKind(), it.getMetadata().getName()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    Sampler watch(String service) throws IOException {
        Map<String, Path> kubeconfigs = new TreeMap<>();
        MEMBERS.forEach(name -> kubeconfigs.put(name, testbed.server(name).kubeconfig()));
        return Sampler.start(api, service, kubeconfigs);
    }

    @Override
    public void close() throws IOException {
        server.close();
        testbed.close();
    }
}
