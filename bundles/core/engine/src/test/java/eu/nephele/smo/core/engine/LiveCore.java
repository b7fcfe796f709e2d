// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.descriptor.HdagReader;
import eu.nephele.smo.core.descriptor.ReaderSettings;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.context.EngineDependencies;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.core.journal.StoredJournal;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.intents.compute.ComputeHandler;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import eu.nephele.smo.placement.auto.AutoStrategy;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The core with real threads in real time, for what only happens between threads. */
final class LiveCore implements AutoCloseable {

    final Stores stores;
    final SimulatedFederation world;
    private final StrategyModule strategies;
    private final HdagReader reader;
    private final StoredJournal journal;
    private final Engine engine;

    LiveCore(Scenario scenario) throws SQLException {
        stores = Stores.inMemory("live-" + UUID.randomUUID());
        strategies = StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
        strategies.registry().add(new FirstFitStrategy(), Map.of(PlacementStrategy.ID, "first-fit"));
        strategies.registry().add(new AutoStrategy(), Map.of(PlacementStrategy.ID, "auto"));
        strategies.registry().add(EmbeddedCore.configured(ComputeHandler.class), Map.of(IntentHandler.NAME, "compute"));
        reader = new HdagReader(strategies.catalog(), ReaderSettings.STANDARD);
        journal = new StoredJournal(
                new StoredJournal.JournalSettings(
                        Duration.ofDays(1), 10_000, Duration.ofHours(1), 1000, 100, Duration.ZERO),
                stores.decisions(),
                strategies.pricing(),
                MetricsRecorder.NONE,
                Clock.systemUTC());
        world = SimulatedFederation.inRealTime(scenario, 1);
        AdapterPorts ports = new AdapterPorts();
        ports.add(ClusterRegistry.class, SimulatedFederation.SOURCE, world.clusters());
        ports.add(WorkloadRuntime.class, SimulatedFederation.SOURCE, world.runtime());
        ports.add(WorkloadDeployer.class, "helm", world.deployer());
        EngineStores engineStores = new EngineStores(
                stores.graphs(),
                stores.capacity(),
                stores.operations(),
                stores.revisions(),
                stores.plans(),
                stores.alerts(),
                stores.clusters(),
                stores.tombstones(),
                stores.instance());
        engine = new Engine(
                new EngineDependencies(
                        engineStores,
                        reader,
                        strategies.intents(),
                        strategies.placement(),
                        strategies.scaling(),
                        journal,
                        AccessControl.unrestricted()),
                ports,
                EngineSettings.STANDARD,
                4);
        engine.start();
    }

    Engine.EngineServices doors() {
        return engine.doors();
    }

    Graph graph(String project, String yaml) {
        return ((DescriptorSource.Inline) reader.read(project, yaml.getBytes(StandardCharsets.UTF_8), Format.YAML))
                .graph();
    }

    @Override
    public void close() {
        engine.close();
        journal.close();
        strategies.close();
        world.close();
        stores.close();
    }
}
