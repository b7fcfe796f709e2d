// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.testbed.Testbed;
import eu.nephele.smo.lab.testbed.WorldKind;
import eu.nephele.smo.lab.testbed.WorldSpec;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.players.LoadExporter;
import eu.nephele.smo.lab.testbed.players.PlayedDelays;
import eu.nephele.smo.lab.testbed.push.PushOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real world on this machine: API servers, a registry, a Prometheus, and an SMO with the adapters of production. */
final class TestbedWorld implements ChaosWorld {

    private static final ChaosPace PACE = new ChaosPace(6000, 12_000, 12_000, 400, 3000, 180);
    private static final PlayedDelays DELAYS = PlayedDelays.REAL.dividedBy(10).with(300, 3000);
    private static final String CHART = "anything";
    private static final int VERSIONS = 4;
    private static final List<String> CHART_FILES =
            List.of("Chart.yaml", "values.yaml", "templates/deployment.yaml", "templates/policy.yaml");

    /** Short intervals, so that a run takes minutes and not hours; a long history, so that doubled writes are seen. */
    private static final Map<String, String> SETTINGS = Map.of(
            "core.engine",
            """
            workers=16
            pollMillis=500
            driftSeconds=3
            longestBackOffSeconds=4
            failoverGraceSeconds=3
            sweepSeconds=3
            orphanGraceSeconds=5
            scalingIntervalSeconds=2
            """,
            "core.strategies",
            "scaling=optimal\n",
            "core.resilience",
            "openSeconds=1\n",
            "adapters.helm",
            "timeoutSeconds=60\npendingSeconds=5\nhistoryLimit=50\n");

    private final Testbed testbed;
    private final TestbedEyes eyes;

    private TestbedWorld(Testbed testbed) throws IOException {
        this.testbed = testbed;
        this.eyes = new TestbedEyes(testbed);
    }

    /** @throws IOException also when a program is missing; the message says how to get it */
    static TestbedWorld start(WorldKind kind, Path folder) throws IOException, InterruptedException {
        try {
            Testbed testbed = Testbed.start(WorldSpec.of(kind, 3).withDelays(DELAYS), folder.resolve("testbed"));
            try {
                return prepared(testbed, folder);
            } catch (IOException | InterruptedException | RuntimeException e) {
                testbed.close();
                throw e;
            }
        } catch (MissingComponentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static TestbedWorld prepared(Testbed testbed, Path folder) throws IOException, InterruptedException {
        TestbedWorld world = new TestbedWorld(testbed);
        for (Map.Entry<String, String> file : SETTINGS.entrySet()) {
            Files.writeString(
                    world.configuration().resolve("eu.nephele.smo." + file.getKey() + ".cfg"), file.getValue());
        }
        List<Path> charts = new ArrayList<>();
        for (int version = 0; version < VERSIONS; version++) {
            charts.add(chart(folder.resolve("charts").resolve("1.0." + version), "1.0." + version));
        }
        new PushOptions(testbed.registry().host(), DescriptorEdits.PROJECT, charts).push();
        return world;
    }

    private static Path chart(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        for (String name : CHART_FILES) {
            try (InputStream own = TestbedWorld.class.getResourceAsStream("chart/" + name)) {
                if (own == null) {
                    throw new IOException("chart/%s is missing in this jar".formatted(name));
                }
                String text = new String(own.readAllBytes(), StandardCharsets.UTF_8);
                Files.writeString(folder.resolve(name), text.replace("@VERSION@", version));
            }
        }
        return folder;
    }

    @Override
    public Path configuration() {
        return testbed.folder().resolve("etc");
    }

    @Override
    public List<String> serverOptions() {
        return List.of("--profile", "karmada", "--config", configuration().toString());
    }

    @Override
    public ChaosPace pace() {
        return PACE;
    }

    @Override
    public ChartCatalog charts() {
        return (service, edit) -> "oci://%s/%s/%s:1.0.%d"
                .formatted(testbed.registry().host(), DescriptorEdits.PROJECT, CHART, edit % VERSIONS);
    }

    @Override
    public List<String> clusters() {
        return testbed.spec().members().stream().map(member -> member.name()).toList();
    }

    @Override
    public List<WorldOutage> outages() {
        List<WorldOutage> outages = new ArrayList<>();
        testbed.servers()
                .keySet()
                .forEach(name -> outages.add(new WorldOutage(
                        "the API server of %s is down".formatted(name),
                        false,
                        () -> testbed.setReady(name, false),
                        () -> testbed.setReady(name, true))));
        clusters()
                .forEach(name -> outages.add(new WorldOutage(
                        "the nodes of %s are dead".formatted(name),
                        true,
                        () -> testbed.setNodesAlive(name, false),
                        () -> testbed.setNodesAlive(name, true))));
        outages.add(new WorldOutage(
                "the registry is down", false, testbed.registry()::kill, testbed.registry()::startAgain));
        return outages;
    }

    @Override
    public void load(int requestsPerSecond) {
        eyes.services().forEach(service -> testbed.load()
                .setRate(new LoadExporter.Source(DescriptorEdits.PROJECT, service), requestsPerSecond / 2.0));
    }

    /**
     * The garbage collector of Kubernetes takes a Deployment that is deleted, and made again under its name, while its watch is broken for
     * one that was changed: the ReplicaSet and the pods of the first run on until the collector is started again, as it is when the
     * controller manager has lost its lease.
     */
    @Override
    public void calm() throws IOException {
        for (String cluster : testbed.servers().keySet()) {
            testbed.setKubernetesControllersRunning(cluster, false);
            testbed.setKubernetesControllersRunning(cluster, true);
        }
    }

    @Override
    public ObservedWorld observe() throws IOException, InterruptedException {
        return eyes.observe();
    }

    @Override
    public void close() throws IOException {
        eyes.close();
        testbed.close();
    }
}
