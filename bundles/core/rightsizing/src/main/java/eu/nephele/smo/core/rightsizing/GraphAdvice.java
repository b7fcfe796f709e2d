// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.rightsizing.SizeHistory.DeclaredService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what is known of the services of a graph and has it judged. */
final class GraphAdvice {

    /** For peaks between the values of the long past. */
    private static final Duration RECENT = Duration.ofHours(6);

    private static final Duration RECENT_STEP = Duration.ofMinutes(1);
    /** Metrics sources keep little more, and answer so many values at once. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private final RightsizingDependencies dependencies;
    private final UseReader reader;
    private final PodRequestReader workloads;
    private final RightsizingSettings settings;
    private final ResourceSizer sizer;
    private final Instant now;

    GraphAdvice(
            RightsizingDependencies dependencies,
            UseReader reader,
            PodRequestReader workloads,
            RightsizingSettings settings,
            Instant now) {
        this.dependencies = dependencies;
        this.reader = reader;
        this.workloads = workloads;
        this.settings = settings;
        this.sizer = new ResourceSizer(settings);
        this.now = now;
    }

    /** Use of a graph's services in the long past and in the last hours. */
    private record KnownUse(
            Map<String, Map<ComputeResource, UseSeries>> all, Map<String, Map<ComputeResource, UseSeries>> fine) {

        static UseSeries of(
                Map<String, Map<ComputeResource, UseSeries>> from, String service, ComputeResource resource) {
            return from.getOrDefault(service, Map.of()).getOrDefault(resource, UseSeries.EMPTY);
        }
    }

    List<ServiceAdvice> advise(GraphView view, CallContext call) {
        Graph graph = view.graph();
        List<Revision> revisions = dependencies.graphs().revisions(graph.id(), call);
        ComputeClasses classes = ComputeClasses.read(dependencies.catalog(), dependencies.intents(), graph);
        Map<String, SizeHistory> histories = histories(graph, revisions, classes);
        List<String> services = graph.services().stream().map(ServiceSpec::id).toList();
        KnownUse use = new KnownUse(
                reader.read(graph.id(), services, range(histories), settings.step()),
                reader.read(graph.id(), services, RECENT, RECENT_STEP));
        Map<String, Resources> perPod = workloads.perPod(graph.id(), services);
        SizeHistory unknown = SizeHistory.of(List.of(), classes);
        return view.services().stream()
                .map(service -> advise(
                        service,
                        histories.getOrDefault(service.spec().id(), unknown),
                        use,
                        Optional.ofNullable(perPod.get(service.spec().id())),
                        driver(graph, service.spec(), revisions)))
                .toList();
    }

    private ServiceAdvice advise(
            ServiceView service, SizeHistory history, KnownUse use, Optional<Resources> pod, ScalingDriver driver) {
        String id = service.spec().id();
        Map<ComputeResource, ResourceAdvice> advices = new EnumMap<>(ComputeResource.class);
        Map<ComputeResource, PresentRequest> asked = new EnumMap<>(ComputeResource.class);
        ChartRequests chart = workloads.chart(service.spec().artifact());
        Map<ComputeResource, String> names = new EnumMap<>(ComputeResource.class);
        for (ComputeResource resource : ComputeResource.values()) {
            PresentRequest present =
                    new PresentRequest(amount(resource, service.perReplica()), pod.map(each -> amount(resource, each)));
            Optional<Double> limit = Optional.ofNullable(chart.limits().get(resource));
            ResourceFacts facts = new ResourceFacts(
                    resource,
                    present.amount(),
                    history.classes().ladder(resource).upTo(limit),
                    limit,
                    KnownUse.of(use.all(), id, resource),
                    KnownUse.of(use.fine(), id, resource),
                    history.changedAt(),
                    history.reduction(resource),
                    now);
            asked.put(resource, present);
            advices.put(resource, sizer.advise(facts, driver));
            history.classes().named(resource, service.spec()).ifPresent(named -> names.put(resource, named.name()));
        }
        return new ServiceAdvice(id, advices, names, asked, chart, driver);
    }

    private static double amount(ComputeResource resource, Resources resources) {
        return resource == ComputeResource.CPU ? ComputeClasses.cores(resources) : resources.memoryBytes();
    }

    private Map<String, SizeHistory> histories(Graph graph, List<Revision> revisions, ComputeClasses classes) {
        List<Graph> graphs = revisions.stream()
                .map(revision -> dependencies.reader().restore(graph.id().project(), revision.descriptor()))
                .toList();
        Map<String, SizeHistory> histories = new LinkedHashMap<>();
        for (ServiceSpec service : graph.services()) {
            List<DeclaredService> declared = new ArrayList<>();
            for (int i = 0; i < graphs.size(); i++) {
                Optional<ServiceSpec> then = graphs.get(i).service(service.id());
                if (then.isEmpty()) {
                    break;
                }
                declared.add(new DeclaredService(revisions.get(i).createdAt(), then.get()));
            }
            histories.put(service.id(), SizeHistory.of(declared, classes));
        }
        return histories;
    }

    /** As far back as the last reductions and the time before them, so that it is known what they did. */
    private Duration range(Map<String, SizeHistory> histories) {
        Instant first = now;
        for (SizeHistory history : histories.values()) {
            for (ComputeResource resource : ComputeResource.values()) {
                Optional<Instant> at = history.reduction(resource).map(Reduction::at);
                first = at.filter(first::isAfter).orElse(first);
            }
        }
        Duration wanted = Duration.between(first, now).plus(settings.history());
        return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
    }

    private ScalingDriver driver(Graph graph, ServiceSpec service, List<Revision> revisions) {
        ServiceScaling scaling = service.scaling();
        boolean fixed =
                scaling.minReplicas().isPresent() && scaling.minReplicas().equals(scaling.maxReplicas());
        List<SourcedSelection> wishes = new ArrayList<>();
        revisions.stream()
                .findFirst()
                .ifPresent(newest -> wishes.add(
                        new SourcedSelection("request", newest.override().scaling())));
        wishes.add(new SourcedSelection("service", scaling.strategy()));
        wishes.add(new SourcedSelection("descriptor", graph.scaling()));
        String project = graph.id().project();
        return fixed || !dependencies.scaling().scales(project, wishes)
                ? ScalingDriver.NONE
                : ScalingDriver.from(dependencies.scaling().inputs(project, wishes, settings.history()));
    }
}
