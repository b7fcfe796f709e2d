// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.contract.health.HealthProbe.ProbeResult;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.descriptor.HdagReader;
import eu.nephele.smo.core.descriptor.ReaderSettings;
import eu.nephele.smo.core.engine.Engine;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.context.EngineDependencies;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.core.journal.StoredJournal;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import eu.nephele.smo.lab.testkit.Await;
import eu.nephele.smo.placement.auto.AutoStrategy;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program of its own that embeds the core: no OSGi, no web, public classes only; real threads, real time. */
class EmbeddingTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final long GIB = 1L << 30;

    private Stores stores;
    private StrategyModule strategies;
    private SimulatedFederation world;
    private StoredJournal journal;
    private HdagReader reader;
    private Engine engine;

    @BeforeEach
    void start() throws Exception {
        stores = Stores.inMemory("embedding-" + UUID.randomUUID());
        strategies = StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
        strategies.registry().add(new FirstFitStrategy(), Map.of(PlacementStrategy.ID, "first-fit"));
        strategies.registry().add(new AutoStrategy(), Map.of(PlacementStrategy.ID, "auto"));
        strategies.registry().add(new HalfACore(), Map.of(IntentHandler.NAME, "compute"));
        reader = new HdagReader(strategies.catalog(), ReaderSettings.STANDARD);
        journal = new StoredJournal(
                new StoredJournal.JournalSettings(
                        Duration.ofDays(1), 10_000, Duration.ofHours(1), 1000, 100, Duration.ZERO),
                stores.decisions(),
                strategies.pricing(),
                MetricsRecorder.NONE,
                Clock.systemUTC());
        world = SimulatedFederation.inRealTime(
                Scenario.of(Duration.ofMillis(50), cluster("c1", 25), cluster("c2", 25), cluster("c3", 25)), 1);
        AdapterPorts ports = new AdapterPorts();
        ports.add(ClusterRegistry.class, SimulatedFederation.SOURCE, world.clusters());
        ports.add(WorkloadRuntime.class, SimulatedFederation.SOURCE, world.runtime());
        ports.add(WorkloadDeployer.class, "helm", world.deployer());
        engine = new Engine(rooms(stores.graphs()), ports, EngineSettings.STANDARD, 4);
        engine.start();
    }

    private EngineDependencies rooms(GraphStore graphs) {
        return new EngineDependencies(
                new EngineStores(
                        graphs,
                        stores.capacity(),
                        stores.operations(),
                        stores.revisions(),
                        stores.plans(),
                        stores.alerts(),
                        stores.clusters(),
                        stores.tombstones(),
                        stores.instance()),
                reader,
                strategies.intents(),
                strategies.placement(),
                strategies.scaling(),
                journal,
                AccessControl.unrestricted());
    }

    @AfterEach
    void end() {
        engine.close();
        journal.close();
        strategies.close();
        world.close();
        stores.close();
    }

    @Test
    void manyClientsNeverOverbookAndNobodyIsStuck() throws Exception {
        // 25 cores x 3 clusters at half a core each: 150 of 200 graphs fit
        ExecutorService clients = Executors.newFixedThreadPool(16);
        List<Callable<Change>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String name = "graph-" + i;
            calls.add(() -> engine.doors().graphs().deploy(DeployRequest.of(graph(name)), CallContext.INTERNAL));
        }
        List<Change> changes = new ArrayList<>();
        for (Future<Change> call : clients.invokeAll(calls)) {
            changes.add(call.get());
        }
        clients.shutdown();

        awaitGraphs(150, 50);
        assertThat(world.overbookedEver()).isFalse();
        assertThat(changes.stream()
                        .filter(change -> change.decided().toCompletableFuture().isCompletedExceptionally()))
                .hasSize(50);

        world.addCluster(cluster("c4", 15));
        awaitGraphs(180, 20);
        engine.doors().graphs().list("p", CallContext.INTERNAL).stream()
                .filter(view -> view.phase() == GraphPhase.RUNNING)
                .limit(30)
                .forEach(view -> engine.doors().graphs().remove(view.graph().id(), CallContext.INTERNAL));
        awaitGraphs(170, 0);
        assertThat(world.overbookedEver()).isFalse();
        assertThat(world.snapshot().releases()).hasSize(170);
    }

    @Test
    void aSuccessorIsHealthyWhileItReadsAndNotWhenItCannot() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean away = new AtomicBoolean();
        GraphStore slow = before(() -> {
            reads.countDown();
            goOn.await();
            if (away.get()) {
                throw SmoException.of(SmoException.Kind.UNAVAILABLE, "database", "away", Optional.empty());
            }
        });
        Engine successor = new Engine(rooms(slow), new AdapterPorts(), EngineSettings.STANDARD, 1);
        try {
            successor.standBy();
            Thread takeover = new Thread(successor::begin);
            takeover.start();
            reads.await();
            assertThat(look(successor).ok()).as(look(successor).message()).isTrue();
            away.set(true);
            goOn.countDown();
            takeover.join();
            assertThat(look(successor).message()).isEqualTo("the engine cannot load its stored graphs");
            away.set(false);
            Await.until("the successor is in order", () -> look(successor).ok());
        } finally {
            successor.close();
        }
    }

    private static ProbeResult look(Engine engine) {
        return engine.probe().orElseThrow().probe();
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    /** Graphs as they are stored, with something before each page of services. */
    private GraphStore before(Step step) {
        return (GraphStore) Proxy.newProxyInstance(
                GraphStore.class.getClassLoader(), new Class<?>[] {GraphStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("services")) {
                        step.run();
                    }
                    try {
                        return method.invoke(stores.graphs(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Graph graph(String name) {
        String yaml = """
                hdaGraph:
                  id: %s
                  services:
                    - id: %s
                      deployment: { trigger: { auto: {} }, intent: { compute: { cpu: half } } }
                      artifact:
                        ociImage: "oci://registry.example/demo/%s"
                        ociConfig: { type: App, implementer: HELM }
                        valuesOverwrite: {}
                """.formatted(name, name, name);
        DescriptorSource descriptorSource = reader.read("p", yaml.getBytes(StandardCharsets.UTF_8), Format.YAML);
        return ((DescriptorSource.Inline) descriptorSource).graph();
    }

    private long running() {
        return count(GraphPhase.RUNNING);
    }

    private long waiting() {
        return engine.doors().graphs().list("p", CallContext.INTERNAL).stream()
                .filter(view -> view.phase() == GraphPhase.PENDING)
                .filter(view -> view.condition(Condition.PLACED)
                        .map(condition -> condition.reason().equals("Infeasible"))
                        .orElse(false))
                .count();
    }

    private long count(GraphPhase phase) {
        return engine.doors().graphs().list("p", CallContext.INTERNAL).stream()
                .map(GraphView::phase)
                .filter(phase::equals)
                .count();
    }

    private void awaitGraphs(int running, int waiting) {
        Await.within(
                LIMIT,
                () -> "%d graphs run and %d wait; now %d and %d".formatted(running, waiting, running(), waiting()),
                () -> running() == running && waiting() == waiting);
    }

    private static ClusterModel cluster(String name, int cores) {
        return ClusterModel.of(name, new Resources(cores * 1000L, 640 * GIB, 10_000 * GIB, 0));
    }

    /** An intent of the embedding program: every service needs half a core. */
    private static final class HalfACore implements IntentHandler {

        @Override
        public Set<Scope> scopes(String name) {
            return Set.of(Scope.SERVICE);
        }

        @Override
        public JsonObject schema(String name, Scope scope) {
            return JsonObject.EMPTY;
        }

        @Override
        public void apply(Intent intent, Requirements requirements) {
            requirements.resources(intent.service().orElseThrow(), new Resources(500, 0, 0, 0));
        }
    }
}
