// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource.Inline;
import eu.nephele.smo.core.contract.json.JsonPointers;
import eu.nephele.smo.core.contract.rightsizing.ConfirmedClasses;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Makes proposals, each time anew, and turns confirmed ones into plans of ordinary updates. */
@Component(service = Rightsizing.class, configurationPid = "eu.nephele.smo.core.rightsizing")
@Designate(ocd = RightsizingConfig.class)
public final class Rightsizing {

    private final RightsizingDependencies dependencies;
    private final Supplier<Optional<MetricsSource>> metrics;
    private final WorkloadPorts workloads;
    private final RightsizingSettings settings;
    private final Clock clock;

    @Activate
    public Rightsizing(
            RightsizingConfig config,
            @Reference RightsizingDependencies dependencies,
            @Reference InstalledMetrics metrics,
            @Reference InstalledWorkloads workloads) {
        this(dependencies, metrics::find, workloads.ports(), RightsizingSettings.read(config), Clock.systemUTC());
    }

    /** For programs that embed the core. */
    public Rightsizing(
            RightsizingDependencies dependencies,
            Supplier<Optional<MetricsSource>> metrics,
            WorkloadPorts workloads,
            RightsizingSettings settings,
            Clock clock) {
        this.dependencies = dependencies;
        this.metrics = metrics;
        this.workloads = workloads;
        this.settings = settings;
        this.clock = clock;
    }

    JsonObject propose(GraphId graph, CallContext call) {
        Instant now = clock.instant();
        return RightsizingJson.json(graph, advices(view(graph, call), call, now), now);
    }

    Plan plan(GraphId graph, Map<String, ConfirmedClasses> confirmed, CallContext call) {
        GraphView view = view(graph, call);
        refuseUnknown(view, confirmed);
        Map<String, ServiceAdvice> advices = new HashMap<>();
        for (ServiceAdvice advice : advices(view, call, clock.instant())) {
            Optional.ofNullable(confirmed.get(advice.service())).ifPresent(classes -> {
                refuseOther(advice, classes);
                refuseWithoutEffect(advice);
            });
            advices.put(advice.service(), advice);
        }
        JsonObject body = JsonObject.EMPTY.with(
                "hdaGraph", ResizedDescriptor.of(view.graph().descriptor(), confirmed, advices));
        Inline inline = (Inline) dependencies
                .reader()
                .read(graph.project(), body.toJson().getBytes(StandardCharsets.UTF_8), Format.JSON);
        StrategyOverride override = dependencies.graphs().revisions(graph, call).stream()
                .findFirst()
                .map(Revision::override)
                .orElse(StrategyOverride.NONE);
        Plan plan =
                dependencies.plans().plan(new DeployRequest(inline.graph(), override, true, inline.warnings()), call);
        refuseIfChanged(view, view(graph, call));
        return plan;
    }

    /** The plan has the descriptor as it was read first: applied to a later one it would take the other change back. */
    static void refuseIfChanged(GraphView before, GraphView now) {
        if (before.item().generation() != now.item().generation()) {
            throw SmoException.conflict("Graph %s was changed meanwhile. Look again"
                    .formatted(before.graph().id()));
        }
    }

    private GraphView view(GraphId graph, CallContext call) {
        return dependencies
                .graphs()
                .find(graph, call)
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s does not exist in project %s".formatted(graph.name(), graph.project())));
    }

    private List<ServiceAdvice> advices(GraphView view, CallContext call, Instant now) {
        MetricsSource source = metrics.get()
                .orElseThrow(() -> SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "metrics",
                        "No metrics source is installed; nobody knows what services use",
                        Optional.empty()));
        return new GraphAdvice(dependencies, new UseReader(source), new PodRequestReader(workloads), settings, now)
                .advise(view, call);
    }

    private static void refuseUnknown(GraphView view, Map<String, ConfirmedClasses> confirmed) {
        List<Violation> violations = new ArrayList<>();
        if (confirmed.isEmpty()) {
            violations.add(new Violation("/services", "expected at least one service"));
        }
        confirmed.forEach((service, classes) -> {
            if (view.service(service).isEmpty()) {
                violations.add(
                        new Violation(JsonPointers.child("/services", service), "the graph has no such service"));
            } else if (classes.cpu().isEmpty() && classes.ram().isEmpty()) {
                violations.add(new Violation(JsonPointers.child("/services", service), "expected cpu or ram, or both"));
            }
        });
        if (!violations.isEmpty()) {
            throw SmoException.invalid("Nothing was planned", violations);
        }
    }

    /** A person confirms what they saw. */
    private static void refuseOther(ServiceAdvice advice, ConfirmedClasses confirmed) {
        ConfirmedClasses proposed = advice.proposed();
        if (isOther(confirmed.cpu(), proposed.cpu()) || isOther(confirmed.ram(), proposed.ram())) {
            throw SmoException.conflict("What is proposed for %s is not what was confirmed: cpu %s, ram %s. Look again"
                    .formatted(
                            advice.service(),
                            proposed.cpu().orElse("unchanged"),
                            proposed.ram().orElse("unchanged")));
        }
    }

    /** Classes alone change what is reserved, and no pod. */
    private static void refuseWithoutEffect(ServiceAdvice advice) {
        if (!advice.chart().isTaken()) {
            throw SmoException.conflict("What is proposed for %s cannot be applied: %s"
                    .formatted(advice.service(), advice.chart().obstacle()));
        }
    }

    private static boolean isOther(Optional<String> confirmed, Optional<String> proposed) {
        return confirmed.isPresent() && !confirmed.equals(proposed);
    }
}
