// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.Tenure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the deployer of Helm charts, and ends its worker. */
@Component(
        configurationPid = HelmReleases.PID,
        property = {WorkloadDeployer.ARTIFACT_TYPE + "=helm", AdapterException.SYSTEM + "=" + HelmErrors.SYSTEM})
@Designate(ocd = HelmConfig.class)
public final class HelmReleases implements WorkloadDeployer {

    private static final Logger LOG = LoggerFactory.getLogger(HelmReleases.class);

    static final String PID = "eu.nephele.smo.adapters.helm";

    @Reference(policy = DYNAMIC)
    private volatile List<ClusterRegistry> registries = List.of();

    @Reference(policy = DYNAMIC)
    private volatile List<SecretSource> secrets = List.of();

    @Reference(target = "(smo.artifact.type=helm)", cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ArtifactRepository charts;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable CallTracer tracer;

    private final OwnerFence fence = new OwnerFence(HelmErrors.SYSTEM);
    private final WorkerSupervisor workers;
    private final ApiServers servers;
    private final HelmDeployer deployer;

    /** @throws IllegalArgumentException if the configuration is invalid */
    @Activate
    public HelmReleases(BundleContext context, HelmConfig config) {
        this(new BundledProgram(context.getBundle()), context.getDataFile("").toPath(), HelmSettings.from(config));
    }

    HelmReleases(WorkerProgram program, Path folder, HelmSettings settings) {
        HelmJson json = new HelmJson();
        workers = new WorkerSupervisor(settings.worker(), new WorkerStart(program, folder, settings.worker()), fence);
        servers = new ApiServers(new KubeconfigResolver(() -> secrets, json), settings, fence);
        HelmClient helm = new HelmClient(workers, settings.call(), fence, () -> Optional.ofNullable(tracer)
                .orElse(CallTracer.NONE));
        deployer = new HelmDeployer(
                new HelmConnections(() -> registries, settings.connection()),
                servers,
                new ChartFetcher(() -> Optional.ofNullable(charts), helm, json),
                helm,
                settings,
                json,
                Clock.systemUTC());
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        fence.begin(tenure);
    }

    void unbindTenure(Tenure over) {
        LOG.debug("tenure ended epoch={}; helm changes nothing until the next one", over.epoch());
    }

    @Deactivate
    void end() {
        workers.close();
        servers.close();
    }

    @Override
    public ReleaseState ensureInstalled(InstallRequest request) {
        return deployer.ensureInstalled(request);
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        deployer.ensureRemoved(key, owner);
    }

    @Override
    public List<String> leftovers(WorkloadRef workload) {
        return deployer.leftovers(workload);
    }

    @Override
    public Map<WorkloadRef, List<ForeignRelease>> foreign(Collection<InstallRequest> requests) {
        return deployer.foreign(requests);
    }

    @Override
    public Optional<JsonObject> defaultValues(Artifact artifact) {
        return deployer.defaultValues(artifact);
    }

    @Override
    public Optional<ReleaseState> state(WorkloadRef workload) {
        return deployer.state(workload);
    }

    @Override
    public List<ReleaseState> owned() {
        return deployer.owned();
    }

    Optional<WorkerState> worker() {
        return workers.state();
    }
}
