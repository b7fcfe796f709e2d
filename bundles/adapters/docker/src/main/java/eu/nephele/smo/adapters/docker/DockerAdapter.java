// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import static org.osgi.service.component.annotations.ReferenceCardinality.AT_LEAST_ONE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.adapters.docker.control.Surroundings;
import eu.nephele.smo.adapters.docker.engine.EngineFailures;
import eu.nephele.smo.api.event.EventRecorder;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.ContainerInventory;
import eu.nephele.smo.api.port.LoadBalancer;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the ports of the source {@code docker} while at least one server is configured. */
@Component(
        service = {},
        configurationPid = "eu.nephele.smo.adapters.docker.statistics",
        immediate = true)
@Designate(ocd = DockerStatisticsConfig.class)
public final class DockerAdapter implements Surroundings {

    private static final Logger LOG = LoggerFactory.getLogger(DockerAdapter.class);

    /** A monitoring system knows more than the engines do. */
    private static final int METRICS_RANKING = -100;

    private final BundleContext context;
    private final DockerServers servers;

    /** By configuration; each goes with it. */
    private final Map<ConfiguredServer, ConnectedServer> configured = new HashMap<>();

    /** The published ports, the registry of clusters last: it goes first. */
    private final List<ServiceRegistration<?>> published = new ArrayList<>();

    private volatile Optional<Tenure> tenure = Optional.empty();
    private volatile Optional<LoadBalancer> balancer = Optional.empty();
    private volatile Optional<EventRecorder> recorder = Optional.empty();

    @Activate
    public DockerAdapter(BundleContext context, DockerStatisticsConfig config) {
        this.context = context;
        this.servers = new DockerServers(this, Duration.ofSeconds(Math.max(1, config.sampleSeconds())));
    }

    /** Publishes after the servers of the moment are known. */
    @Activate
    void publish() {
        try {
            add(MetricsSource.class, servers.metrics(), Map.of(Constants.SERVICE_RANKING, METRICS_RANKING));
            add(ContainerInventory.class, servers.inventory(), Map.of());
            add(WorkloadDeployer.class, servers.deployer(), Map.of(WorkloadDeployer.ARTIFACT_TYPE, "container"));
            add(WorkloadRuntime.class, servers.runtime(), Map.of());
            add(ClusterRegistry.class, servers.clusters(), Map.of());
        } catch (IllegalStateException ending) {
            end();
            throw ending;
        }
    }

    private <T> void add(Class<T> port, T service, Map<String, ?> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put(ClusterId.SOURCE, EngineFailures.SYSTEM);
        properties.put(AdapterException.SYSTEM, EngineFailures.SYSTEM);
        published.add(context.registerService(port, service, FrameworkUtil.asDictionary(properties)));
    }

    /**
     * A server that is looked after.
     *
     * @param access what its configuration said when it was connected
     * @param connection until this is closed
     */
    private record ConnectedServer(ServerAccess access, AutoCloseable connection) {}

    @Reference(cardinality = AT_LEAST_ONE, policy = DYNAMIC, policyOption = GREEDY)
    void bindServer(ConfiguredServer server) {
        updatedServer(server);
    }

    /** What is under way on a server goes on while its configuration says the same of it. */
    void updatedServer(ConfiguredServer server) {
        synchronized (configured) {
            Optional<ServerAccess> access = server.access();
            if (!access.equals(Optional.ofNullable(configured.get(server)).map(ConnectedServer::access))) {
                unbindServer(server);
                access.ifPresent(now ->
                        configured.put(server, new ConnectedServer(now, servers.add(now.settings(), now.connect()))));
            }
        }
    }

    void unbindServer(ConfiguredServer server) {
        synchronized (configured) {
            Optional.ofNullable(configured.remove(server))
                    .map(ConnectedServer::connection)
                    .ifPresent(DockerAdapter::close);
        }
    }

    private static void close(AutoCloseable connection) {
        try {
            connection.close();
        } catch (Exception failed) { // AutoCloseable declares nothing narrower
            LOG.warn("closing the connection with a server failed", failed);
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure begun) {
        servers.begin(begun);
        tenure = Optional.of(begun);
    }

    void unbindTenure(Tenure over) {
        if (tenure.equals(Optional.of(over))) {
            tenure = Optional.empty();
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindBalancer(LoadBalancer present) {
        balancer = Optional.of(present);
    }

    void unbindBalancer(LoadBalancer gone) {
        if (balancer.equals(Optional.of(gone))) {
            balancer = Optional.empty();
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindRecorder(EventRecorder present) {
        recorder = Optional.of(present);
    }

    void unbindRecorder(EventRecorder gone) {
        if (recorder.equals(Optional.of(gone))) {
            recorder = Optional.empty();
        }
    }

    @Override
    public void replaced(ClusterId server, WorkloadRef workload) {
        long running = servers.inventory().containers(List.of(workload)).getOrDefault(workload, List.of()).stream()
                .filter(container -> container.state().equals("running"))
                .count();
        JsonObject data = JsonObject.EMPTY
                .with("cluster", new JsonString(server.name()))
                .with("replicas", JsonNumber.of(running))
                .with("reason", new JsonString("unhealthy on %s".formatted(server.name())));
        try {
            recorder.ifPresent(
                    present -> present.record("container.replaced", workload.graph(), workload.service(), data));
        } catch (SmoException notStored) {
            LOG.warn(
                    "replacement not told as an event server={} workload={} reason=\"{}\"",
                    server.name(),
                    workload,
                    notStored.getMessage());
        }
    }

    @Override
    public Optional<Tenure> tenure() {
        return tenure;
    }

    @Override
    public Optional<LoadBalancer> balancer() {
        return balancer;
    }

    @Override
    public Optional<String> secret(String reference) {
        String scheme = reference.replaceFirst(":.*", "");
        try {
            for (ServiceReference<SecretSource> source : context.getServiceReferences(
                    SecretSource.class, "(%s=%s)".formatted(SecretSource.SCHEME, scheme))) {
                Optional<String> secret = resolved(source, reference);
                if (secret.isPresent()) {
                    return secret;
                }
            }
            return Optional.empty();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalArgumentException(
                    "The scheme of the secret reference %s is invalid".formatted(reference), impossible);
        }
    }

    private Optional<String> resolved(ServiceReference<SecretSource> source, String reference) {
        try {
            return Optional.ofNullable(context.getService(source)).flatMap(found -> found.resolve(reference));
        } finally {
            context.ungetService(source);
        }
    }

    @Deactivate
    void end() {
        while (!published.isEmpty()) {
            published.remove(published.size() - 1).unregister();
        }
        servers.close();
    }
}
