// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.placement.MoveHook;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.GraphStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine as an OSGi component; adapters come and go while it runs. */
@Component(service = GraphService.class, immediate = true, configurationPid = EngineComponent.PID)
@Designate(ocd = EngineConfig.class)
public final class EngineComponent implements GraphService {

    private static final Logger LOG = LoggerFactory.getLogger(EngineComponent.class);

    static final String PID = "eu.nephele.smo.core.engine";

    private final Ports ports = new Ports();
    private final Engine engine;
    private final GraphService graphs;

    @Activate
    public EngineComponent(
            EngineConfig config,
            @Reference GraphStore store,
            @Reference CapacityStore capacity,
            @Reference DescriptorReader reader,
            @Reference IntentTranslator translator,
            @Reference PlacementDecider placement,
            @Reference ScalingDecider scaling,
            @Reference Journal journal) {
        EngineSettings settings = SettingsReader.read(config);
        Engine.Rooms rooms = new Engine.Rooms(store, capacity, reader, translator, placement, scaling, journal);
        this.engine = new Engine(rooms, ports, settings, config.workers());
        this.graphs = engine.graphService();
        engine.start();
    }

    @Deactivate
    void close() {
        engine.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addMeasurements(Measurements measurements) {
        engine.publish(measurements);
    }

    void removeMeasurements(Measurements measurements) {
        LOG.debug("Gone with its gauges: {}", measurements);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRegistry(ClusterRegistry registry, Map<String, Object> properties) {
        ports.add(text(properties, ClusterId.SOURCE), registry);
    }

    void removeRegistry(ClusterRegistry registry, Map<String, Object> properties) {
        ports.remove(text(properties, ClusterId.SOURCE), registry);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRuntime(WorkloadRuntime runtime, Map<String, Object> properties) {
        ports.add(text(properties, ClusterId.SOURCE), runtime);
    }

    void removeRuntime(WorkloadRuntime runtime, Map<String, Object> properties) {
        ports.remove(text(properties, ClusterId.SOURCE), runtime);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDeployer(WorkloadDeployer deployer, Map<String, Object> properties) {
        ports.add(text(properties, WorkloadDeployer.ARTIFACT_TYPE), deployer);
    }

    void removeDeployer(WorkloadDeployer deployer, Map<String, Object> properties) {
        ports.remove(text(properties, WorkloadDeployer.ARTIFACT_TYPE), deployer);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addMetrics(MetricsSource source) {
        ports.add(source);
    }

    void removeMetrics(MetricsSource source) {
        ports.remove(source);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSignals(SignalSource source) {
        ports.add(source);
    }

    void removeSignals(SignalSource source) {
        ports.remove(source);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addMoveHook(MoveHook hook) {
        ports.add(hook);
    }

    void removeMoveHook(MoveHook hook) {
        ports.remove(hook);
    }

    @Override
    public Change deploy(DeployRequest request) {
        return graphs.deploy(request);
    }

    @Override
    public Change start(GraphId graph) {
        return graphs.start(graph);
    }

    @Override
    public Change stop(GraphId graph) {
        return graphs.stop(graph);
    }

    @Override
    public Change remove(GraphId graph) {
        return graphs.remove(graph);
    }

    @Override
    public Change place(GraphId graph, PlaceRequest request) {
        return graphs.place(graph, request);
    }

    @Override
    public Set<String> activate(GraphId graph, Set<String> services) {
        return graphs.activate(graph, services);
    }

    @Override
    public Optional<GraphView> find(GraphId graph) {
        return graphs.find(graph);
    }

    @Override
    public List<GraphView> findByName(String name) {
        return graphs.findByName(name);
    }

    @Override
    public List<GraphView> list(String project) {
        return graphs.list(project);
    }

    @Override
    public List<GraphView> list() {
        return graphs.list();
    }

    private static String text(Map<String, Object> properties, String name) {
        Object value = properties.get(name);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException("An adapter is published without the service property " + name);
    }
}
