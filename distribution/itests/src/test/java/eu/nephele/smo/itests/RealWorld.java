// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.testbed.MemberSpec;
import eu.nephele.smo.lab.testbed.Testbed;
import eu.nephele.smo.lab.testbed.WorldKind;
import eu.nephele.smo.lab.testbed.WorldSpec;
import eu.nephele.smo.lab.testbed.players.LoadExporter;
import eu.nephele.smo.lab.testbed.push.PushOptions;
import io.fabric8.kubernetes.api.model.apps.Deployment;
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
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The product with its adapters, beside real API servers, a real registry, a real Prometheus and a real Alertmanager; the graph of
 * the Brussels demo is in the registry.
 */
final class RealWorld implements AutoCloseable {

    static final String PROJECT = "brussels";
    static final String GRAPH = "brussels-demo";

    static final Path DEMO = Path.of("../../examples/brussels").toAbsolutePath().normalize();

    final Testbed testbed;
    final RestClient client;
    final NativeApi api;
    private final Map<String, KubernetesClient> clusters = new TreeMap<>();
    final Gates gates;
    final Path data = Distribution.freshFolder("data");
    final int port;
    private ServerProcess server;

    private static final int GRACE_SECONDS = 3;
    /** The default of the engine. */
    private static final int DEFAULT_GRACE_SECONDS = 10;

    private RealWorld(Testbed testbed, Gates gates, int port) throws Exception {
        this.testbed = testbed;
        this.gates = gates;
        this.port = port;
        this.client = new RestClient(port);
        this.api = new NativeApi(client, PROJECT);
        testbed.servers().forEach((name, api) -> clusters.put(name, client(api.kubeconfig())));
        this.server = start();
    }

    /** Starts everything; without its programs the test is skipped, loudly. */
    static RealWorld start(WorldKind kind) throws Exception {
        return start(kind, 3, testbed -> Gates.none(), GRACE_SECONDS);
    }

    /** With a gate before each system, which can keep the server away from it. */
    static RealWorld startGated(WorldKind kind, int members) throws Exception {
        return start(kind, members, Gates::before, GRACE_SECONDS);
    }

    /** The same, with the times that clusters have by default until they are not ready, and until they are left. */
    static RealWorld startGatedAndPatient(WorldKind kind, int members) throws Exception {
        return start(kind, members, RealWorld::patiently, DEFAULT_GRACE_SECONDS);
    }

    private static Gates patiently(Testbed testbed) throws IOException, InterruptedException {
        try (Stream<Path> files = Files.list(testbed.folder().resolve("etc"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, Files.readString(file).replaceAll("(?m)^unreachableSeconds=.*\\R", ""));
            }
        }
        return Gates.before(testbed);
    }

    /** The server speaks with its systems directly. */
    static RealWorld start(WorldKind kind, int members) throws Exception {
        return start(kind, members, testbed -> Gates.none(), GRACE_SECONDS);
    }

    private interface Gatekeeper {
        Gates before(Testbed testbed) throws IOException, InterruptedException;
    }

    private static RealWorld start(WorldKind kind, int members, Gatekeeper gatekeeper, int graceSeconds)
            throws Exception {
        int port = Distribution.freePort();
        Path secret = Files.writeString(Distribution.freshFolder("alerts").resolve("smo.secret"), "alerts only");
        WorldSpec spec =
                WorldSpec.of(kind, members).withSmo(URI.create("http://127.0.0.1:" + port), Optional.of(secret));
        List<String> absent = Testbed.absent(spec);
        absent.forEach(line -> System.err.printf("%n*** %s: THE REAL WORLD IS NOT TESTED ***%n%n", line));
        assumeTrue(absent.isEmpty(), () -> String.join("; ", absent));
        Path folder = Distribution.freshFolder("testbed");
        Testbed testbed = Testbed.start(spec, folder);
        try {
            Files.writeString(folder.resolve("etc/eu.nephele.smo.core.engine.cfg"), """
                    workers=16
                    failoverGraceSeconds=%d
                    driftSeconds=3
                    sweepSeconds=5
                    scalingIntervalSeconds=2
                    scrapeIntervalSeconds=1
                    rateWindowSeconds=10
                    """.formatted(graceSeconds));
            Files.writeString(
                    folder.resolve("etc/eu.nephele.smo.adapters.helm.cfg"),
                    "timeoutSeconds=60\nremoveNamespaces=true\n");
            Gates gates = gatekeeper.before(testbed);
            push(testbed, gates.host("registry", testbed.registry().host()));
            return new RealWorld(testbed, gates, port);
        } catch (Exception | AssertionError failed) {
            testbed.close();
            throw failed;
        }
    }

    /** Charts and descriptor, with an event that fires sooner and replicas that follow the load. */
    private static void push(Testbed testbed, String registry) throws IOException, InterruptedException {
        String descriptor = Files.readString(DEMO.resolve("hdag.yaml"))
                .replace("gracePeriod: 2m", "gracePeriod: 2s")
                .replace(
                        "  services:\n",
                        "  strategies: { scaling: { id: optimal, intervalSeconds: 2 } }\n  services:\n");
        assertThat(descriptor).contains("gracePeriod: 2s").contains("strategies:");
        Path changed = Files.writeString(testbed.folder().resolve("hdag.yaml"), descriptor);
        List<Path> sources = new ArrayList<>();
        for (String chart : List.of("noise-reduction", "image-detection", "image-compression-vo")) {
            sources.add(DEMO.resolve("charts").resolve(chart));
        }
        sources.add(changed);
        new PushOptions(registry, PROJECT, sources).push();
    }

    private ServerProcess start() throws IOException {
        ServerProcess started = ServerProcess.start(
                "--json",
                "--profile",
                "karmada",
                "--config",
                testbed.folder().resolve("etc").toString(),
                "--port",
                Integer.toString(port),
                "--data",
                data.toString());
        started.awaitEvent("ready");
        return started;
    }

    ServerProcess server() {
        return server;
    }

    /** Ends the server without a word and starts it again. */
    void killAndRestart() throws Exception {
        server.kill();
        server = start();
    }

    String reference() {
        return "oci://%s/%s/%s:1.0.0".formatted(registry(), PROJECT, GRAPH);
    }

    /** As the server knows it. */
    String registry() {
        return gates.host("registry", testbed.registry().host());
    }

    /** Clusters that pods run on. */
    List<String> members() {
        return testbed.spec().members().stream().map(MemberSpec::name).toList();
    }

    String phase(String graph) throws Exception {
        return api.graph(graph).path("phase").asText();
    }

    void load(String service, double perSecond) {
        testbed.load().setRate(new LoadExporter.Source(PROJECT, service), perSecond);
    }

    /** What the server says of a service. */
    JsonNode service(String name) throws Exception {
        for (JsonNode service : api.graph(GRAPH).path("services")) {
            if (service.path("name").asText().equals(name)) {
                return service;
            }
        }
        throw new AssertionError("The graph has no service " + name);
    }

    /** Where the server has decided that a service runs. */
    List<String> placesOf(String service) throws Exception {
        List<String> places = new ArrayList<>();
        service(service)
                .path("shares")
                .forEach(share -> places.add(share.path("cluster").asText()));
        return places;
    }

    /** Replicas of a Deployment that are ready on a member cluster, in fact; 0 where it is not. */
    int ready(String cluster, String service) {
        return deployment(cluster, service)
                .map(found -> found.getStatus().getReadyReplicas())
                .filter(Objects::nonNull)
                .orElse(0);
    }

    Optional<Deployment> deployment(String cluster, String service) {
        return Optional.ofNullable(clusters.get(cluster)
                .apps()
                .deployments()
                .inNamespace(PROJECT)
                .withName(service)
                .get());
    }

    DividedService.Federation federation() {
        return new DividedService.Federation() {

            @Override
            public List<String> clusters() {
                return members();
            }

            @Override
            public int ready(String cluster, String service) {
                return RealWorld.this.ready(cluster, service);
            }

            @Override
            public void lose(String cluster) throws Exception {
                testbed.setReady(cluster, false);
            }

            @Override
            public void restore(String cluster) throws Exception {
                testbed.setReady(cluster, true);
            }
        };
    }

    KubernetesClient cluster(String name) {
        return Objects.requireNonNull(clusters.get(name));
    }

    private static KubernetesClient client(Path kubeconfig) {
        try {
            return new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                    .build();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        clusters.values().forEach(KubernetesClient::close);
        testbed.close();
        gates.close();
    }
}
