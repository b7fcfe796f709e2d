// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.GraphChangeLock;
import eu.nephele.smo.access.http.SharedLimits;
import eu.nephele.smo.access.http.StreamLimiter;
import eu.nephele.smo.access.http.UploadReceiver;
import eu.nephele.smo.access.http.json.OperationAnswers;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.access.rest.docs.BuildInfo;
import eu.nephele.smo.access.rest.docs.DocsEndpoint;
import eu.nephele.smo.access.rest.docs.JoinedContract;
import eu.nephele.smo.access.rest.docs.OpenApiDocument;
import eu.nephele.smo.access.rest.docs.RootEndpoint;
import eu.nephele.smo.access.rest.http.BodyLimitFilter;
import eu.nephele.smo.access.rest.http.CallFilter;
import eu.nephele.smo.access.rest.http.CorrelationFilter;
import eu.nephele.smo.access.rest.http.DeployRequestReader;
import eu.nephele.smo.access.rest.http.ForeignChangeFilter;
import eu.nephele.smo.access.rest.http.GracefulShutdownFilter;
import eu.nephele.smo.access.rest.http.JsonValueProvider;
import eu.nephele.smo.access.rest.http.MediaTypeFilter;
import eu.nephele.smo.access.rest.http.PreconditionFilter;
import eu.nephele.smo.access.rest.http.ProblemFilter;
import eu.nephele.smo.access.rest.http.ProblemMapper;
import eu.nephele.smo.access.rest.http.RouteFilter;
import eu.nephele.smo.access.rest.http.StandbyFilter;
import eu.nephele.smo.access.rest.legacy.AlertmanagerEndpoint;
import eu.nephele.smo.access.rest.legacy.LegacyClusters;
import eu.nephele.smo.access.rest.legacy.NamedGraphs;
import eu.nephele.smo.access.rest.legacy.ProjectGraphs;
import eu.nephele.smo.access.rest.resource.KindResources;
import eu.nephele.smo.access.rest.resource.KindsEndpoint;
import eu.nephele.smo.access.rest.resource.ResourceEndpoint;
import eu.nephele.smo.access.rest.subsystem.SubsystemFilter;
import eu.nephele.smo.access.rest.subsystem.SubsystemPaths;
import eu.nephele.smo.access.rest.subsystem.SubsystemRegistry;
import eu.nephele.smo.access.rest.v1.ActivityEndpoint;
import eu.nephele.smo.access.rest.v1.ClusterDirectives;
import eu.nephele.smo.access.rest.v1.ClustersEndpoint;
import eu.nephele.smo.access.rest.v1.DecisionsEndpoint;
import eu.nephele.smo.access.rest.v1.DescriptorsEndpoint;
import eu.nephele.smo.access.rest.v1.GraphAnswers;
import eu.nephele.smo.access.rest.v1.GraphChanges;
import eu.nephele.smo.access.rest.v1.GraphPath;
import eu.nephele.smo.access.rest.v1.GraphsEndpoint;
import eu.nephele.smo.access.rest.v1.HistoryEndpoint;
import eu.nephele.smo.access.rest.v1.OperationsEndpoint;
import eu.nephele.smo.access.rest.v1.OverviewEndpoint;
import eu.nephele.smo.access.rest.v1.PlansEndpoint;
import eu.nephele.smo.access.rest.v1.ProjectsEndpoint;
import eu.nephele.smo.access.rest.v1.QuotasEndpoint;
import eu.nephele.smo.access.rest.v1.RevisionsEndpoint;
import eu.nephele.smo.access.rest.v1.RightsizingEndpoint;
import eu.nephele.smo.access.rest.v1.SeriesEndpoint;
import eu.nephele.smo.access.rest.v1.ServerDiagnosis;
import eu.nephele.smo.access.rest.v1.ServerRuntime;
import eu.nephele.smo.access.rest.v1.VersionEndpoint;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.AccessGate;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.plugin.ProductBundles;
import jakarta.ws.rs.core.Application;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationBase;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsName;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST API as one application. It requires a gate; the services behind it are dynamic, and so are the subsystems of
 * other bundles of the product. Resources of other vendors' bundles join it by selecting the name {@code smo}.
 */
@Component(service = Application.class, configurationPid = "eu.nephele.smo.access.rest")
@JakartarsName("smo")
@JakartarsApplicationBase("/")
@Designate(ocd = RestConfig.class)
public final class SmoApplication extends Application {

    private static final Logger LOG = LoggerFactory.getLogger(SmoApplication.class);
    private static final int SUBSYSTEM_CACHE_SECONDS = 600;
    /** How long waiting calls are answered early before the whiteboard blocks new ones. */
    private static final Duration RENEWAL = Duration.ofSeconds(3);

    private static final long BYTES_PER_MIB = 1L << 20;

    private final Set<Object> parts;
    private final AccessControl access;
    private final StreamLimiter streams;
    private final GracefulShutdownFilter gracefulShutdownFilter = new GracefulShutdownFilter();
    private Optional<WhiteboardRenewals> renewals = Optional.empty();

    @Activate
    public SmoApplication(
            BundleContext context,
            RestConfig config,
            @Reference CoreServices core,
            @Reference OutsideServices outside,
            @Reference PlatformServices platform,
            @Reference SubsystemRegistry subsystems,
            @Reference OpenApiDocument contract) {
        this(
                new ApplicationLimits(
                        config.maxBodyBytes(),
                        Duration.ofSeconds(config.legacyWaitSeconds()),
                        new StreamPlaces(config.maxStreams(), config.maxStreamsPerCaller()),
                        config.maxWaits(),
                        // The server's directory for uploads is in its data directory, on the same disk as the folder
                        // of plugins.
                        new UploadReceiver(
                                Path.of(System.getProperty("java.io.tmpdir")),
                                config.pluginUploadMaxMiB() * BYTES_PER_MIB)),
                core,
                outside,
                platform,
                subsystems,
                contract.contract(),
                new Trust(new InstalledAccess(context), ofProduct(ProductBundles.from(context))));
        renewals = Optional.of(new WhiteboardRenewals(context, this::hurry));
    }

    record ApplicationLimits(
            int maxBodyBytes, Duration legacyWait, StreamPlaces streams, int maxWaits, UploadReceiver uploads) {}

    /** Streams that are open at once at most. */
    record StreamPlaces(int most, int perCaller) {}

    /** @param ours whether a class belongs to the product, and not to another vendor's bundle */
    record Trust(AccessControl access, Predicate<Class<?>> ours) {}

    /** For a program that embeds the REST API: all classes count as the product's. */
    private static Predicate<Class<?>> ofProduct(ProductBundles product) {
        return type -> !product.known()
                || Optional.ofNullable(FrameworkUtil.getBundle(type))
                        .map(product::contains)
                        .orElse(true);
    }

    SmoApplication(
            ApplicationLimits limits,
            CoreServices core,
            OutsideServices outside,
            PlatformServices platform,
            SubsystemRegistry subsystems,
            JoinedContract contract,
            Trust trust) {
        this.access = trust.access();
        Duration wait = limits.legacyWait();
        AsyncWait waiting = new AsyncWait(gracefulShutdownFilter, new Semaphore(limits.maxWaits()), core::admissionNow);
        this.streams =
                new StreamLimiter(limits.streams().most(), limits.streams().perCaller(), gracefulShutdownFilter);
        GraphService graphs = core.graphs();
        ResourceService resources = core.resources();
        DescriptorReader reader = core.reader();
        DecisionService decisions = core.decisions();
        StrategyCatalog catalog = core.catalog();
        ClusterOverview clusterOverview = new ClusterOverview(
                outside::registries,
                outside::signals,
                outside::fabric,
                core.capacity(),
                access.authorizer("The interface"));
        DeployRequestReader deployRequestReader = new DeployRequestReader(reader, outside::artifacts);
        OperationAnswers answers = new OperationAnswers(core.operations());
        GraphAnswers graphAnswers = new GraphAnswers(core.operations(), clusterOverview);
        BuildInfo build = BuildInfo.read();
        this.parts = Set.of(
                gracefulShutdownFilter,
                new CorrelationFilter(),
                new BodyLimitFilter(limits.maxBodyBytes()),
                new CallFilter(new SharedLimits(new GraphChangeLock(), waiting, limits.uploads(), streams)),
                new ForeignChangeFilter(access, trust.ours()),
                new StandbyFilter(platform::ownershipNow, Clock.systemUTC()),
                new MediaTypeFilter(),
                new RouteFilter(),
                new PreconditionFilter(),
                new ProblemMapper(),
                new ProblemFilter(),
                new JsonValueProvider(),
                new SubsystemFilter(),
                new SubsystemPaths(subsystems),
                new LegacyClusters(clusterOverview, core.clusters()),
                new ProjectGraphs(graphs, deployRequestReader, clusterOverview, waiting, wait),
                new NamedGraphs(graphs, clusterOverview, waiting, wait),
                new AlertmanagerEndpoint(core.alerts()),
                new ProjectsEndpoint(graphs),
                new QuotasEndpoint(core.quotas()),
                new OverviewEndpoint(core.overview(), clusterOverview),
                new GraphsEndpoint(graphs, deployRequestReader, graphAnswers),
                new GraphPath(graphs, decisions, clusterOverview, graphAnswers),
                new GraphChanges(graphs, deployRequestReader, catalog, clusterOverview, graphAnswers),
                new PlansEndpoint(core.plans(), deployRequestReader, catalog, clusterOverview, graphAnswers),
                new RightsizingEndpoint(core.rightsizing(), clusterOverview),
                new DescriptorsEndpoint(deployRequestReader),
                new RevisionsEndpoint(graphs),
                new HistoryEndpoint(core.history(), clusterOverview, Clock.systemUTC()),
                new SeriesEndpoint(core.history(), core.loads(), Clock.systemUTC()),
                new ActivityEndpoint(core.history(), Clock.systemUTC()),
                new OperationsEndpoint(core.operations(), waiting, platform::tracesNow),
                new KindsEndpoint(resources),
                new KindResources(resources),
                new ResourceEndpoint(resources, answers),
                new DecisionsEndpoint(graphs, decisions),
                new ClustersEndpoint(clusterOverview, core.clusters(), core.overview()),
                new ClusterDirectives(core.clusters(), clusterOverview, answers),
                new ServerRuntime(platform.runtime(), platform.profiler(), streams, gracefulShutdownFilter::isEnding),
                new ServerDiagnosis(platform.diagnosis(), gracefulShutdownFilter::isEnding),
                new VersionEndpoint(build),
                new DocsEndpoint(build, contract),
                new RootEndpoint(build));
    }

    /**
     * References the gate, although its filter is called by the web server: a service is activated only when it is
     * referenced, and a gate that cannot be activated keeps the REST API unavailable.
     */
    @Reference
    void setGate(AccessGate accessGate) {
        LOG.debug("rest api uses gate={}", accessGate);
    }

    /** Answers waiting calls early: a call that only waits would delay the renewal of the application. */
    void hurry() {
        gracefulShutdownFilter.hurry(RENEWAL);
        streams.renew();
    }

    /** Ends streams and calls, which would otherwise outlive their classes. */
    @Deactivate
    void close() {
        renewals.ifPresent(WhiteboardRenewals::close);
        streams.close();
        gracefulShutdownFilter.close();
        access.close();
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"
    }) // components are created here, with their dependencies, not by the framework
    public Set<Object> getSingletons() {
        return parts;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                "jersey.config.server.wadl.disableWadl",
                true,
                // Cached methods of a subsystem would keep its classes from being unloaded.
                "jersey.config.server.subresource.cache.age",
                SUBSYSTEM_CACHE_SECONDS,
                // The web server buffers as well, and knows the length of what fits; of larger bodies it is told.
                "jersey.config.server.contentLength.buffer",
                0,
                // Behind a proxy this server has an address that it does not know.
                "jersey.config.server.headers.location.relative.resolution.disabled",
                true);
    }
}
