// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.access.rest.cluster.Federation;
import eu.nephele.smo.access.rest.docs.Build;
import eu.nephele.smo.access.rest.docs.Docs;
import eu.nephele.smo.access.rest.http.BodyLimitFilter;
import eu.nephele.smo.access.rest.http.CorrelationFilter;
import eu.nephele.smo.access.rest.http.Deployments;
import eu.nephele.smo.access.rest.http.ProblemFilter;
import eu.nephele.smo.access.rest.http.ProblemMapper;
import eu.nephele.smo.access.rest.http.RouteFilter;
import eu.nephele.smo.access.rest.legacy.Alerts;
import eu.nephele.smo.access.rest.legacy.LegacyClusters;
import eu.nephele.smo.access.rest.legacy.NamedGraphs;
import eu.nephele.smo.access.rest.legacy.ProjectGraphs;
import eu.nephele.smo.access.rest.v1.Catalog;
import eu.nephele.smo.access.rest.v1.Clusters;
import eu.nephele.smo.access.rest.v1.Decisions;
import eu.nephele.smo.access.rest.v1.Graph;
import eu.nephele.smo.access.rest.v1.Graphs;
import eu.nephele.smo.access.rest.v1.Projects;
import eu.nephele.smo.access.rest.v1.Version;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.core.contract.access.AccessGate;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import jakarta.ws.rs.core.Application;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationBase;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsName;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The whole interface as one application: it is there as a whole, or not at all. Without a gate before it, it is not there; what
 * it needs behind it comes and goes. Resources of other bundles join it by selecting the name {@code smo}.
 */
@Component(service = Application.class, configurationPid = "eu.nephele.smo.access.rest")
@JakartarsName("smo")
@JakartarsApplicationBase("/")
@Designate(ocd = RestConfig.class)
public final class SmoApplication extends Application {

    private final Set<Object> parts;

    /** @param gate not asked here: its filter stands before every call; held so that nothing is served without it */
    @Activate
    public SmoApplication(
            RestConfig config,
            @Reference AccessGate gate,
            @Reference CoreServices core,
            @Reference OutsideServices outside) {
        this(config.maxBodyBytes(), Duration.ofSeconds(config.legacyWaitSeconds()), core, outside);
    }

    /** @param wait how long calls at the root wait for their work */
    SmoApplication(int maxBodyBytes, Duration wait, CoreServices core, OutsideServices outside) {
        GraphService graphs = core.graphs();
        DescriptorReader reader = core.reader();
        Journal journal = core.journal();
        StrategyCatalog catalog = core.catalog();
        Federation federation = new Federation(outside::registries, outside::signals, core.capacity());
        Deployments deployments = new Deployments(reader, outside::artifacts);
        Build build = Build.read();
        this.parts = Set.of(
                new CorrelationFilter(),
                new BodyLimitFilter(maxBodyBytes),
                new RouteFilter(),
                new ProblemMapper(),
                new ProblemFilter(),
                new LegacyClusters(federation),
                new ProjectGraphs(graphs, deployments, federation, wait),
                new NamedGraphs(graphs, federation, wait),
                new Alerts(graphs),
                new Projects(graphs),
                new Graphs(graphs, deployments, federation),
                new Graph(graphs, journal, catalog, federation),
                new Decisions(graphs, journal),
                new Clusters(federation),
                new Catalog(catalog, reader),
                new Version(build),
                new Docs(build));
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"
    }) // components are made by us, with their dependencies, not by the framework
    public Set<Object> getSingletons() {
        return parts;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
