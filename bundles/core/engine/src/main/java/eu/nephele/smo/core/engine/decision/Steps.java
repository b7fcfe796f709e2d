// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.graph.PlanStep.Action;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.Decided.EffectiveService;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.Observed.ObservedService;
import eu.nephele.smo.core.engine.graph.ReleaseValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What has to be done outside to get from what is there to what was decided: what a plan shows and an operation goes through. */
public final class Steps {

    /**
     * A graph as it is carried out.
     *
     * @param graph as declared
     * @param placement where its services run
     * @param services what counts for each service
     */
    public record Design(Graph graph, Placement placement, Map<String, EffectiveService> services) {

        boolean has(String service) {
            return graph.service(service).isPresent();
        }

        /** Artifact, values and needs of a service's release, as they are handed to its deployer. */
        Optional<Content> content(String service) {
            return graph.service(service).map(spec -> {
                List<ClusterId> imports = ReleaseValues.imports(graph, service, placement);
                JsonObject values = ReleaseValues.of(graph, spec, placement.clustersOf(service), imports);
                Resources perReplica =
                        services.getOrDefault(service, EffectiveService.NOTHING).perReplica();
                return new Content(spec.artifact().reference(), values, perReplica);
            });
        }
    }

    private record Content(String artifact, JsonObject values, Resources perReplica) {}

    private Steps() {}

    /**
     * @param record the graph as it is; what was never installed is not there
     * @param before what is carried out now; empty for a new graph
     * @param after what shall be
     * @param breakFirst whether old places have to be empty before anything new begins
     */
    public static List<PlanStep> between(
            GraphRecord record, Optional<Design> before, Design after, boolean breakFirst) {
        List<PlanStep> steps = new ArrayList<>();
        for (ServiceSpec service : inOrder(after.graph())) {
            step(record, before, after, service, breakFirst).ifPresent(steps::add);
        }
        List<PlanStep> removals = removed(record, after.graph()).stream()
                .filter(service -> !waits(record, service))
                .map(service -> new PlanStep(
                        Action.REMOVE,
                        service,
                        before.map(design -> design.placement().of(service)).orElse(List.of()),
                        List.of(),
                        false,
                        "remove the release"))
                .toList();
        steps.addAll(breakFirst ? 0 : steps.size(), removals);
        return steps;
    }

    /** What taking everything down takes, in reverse. */
    public static List<PlanStep> takeDown(GraphRecord record, Graph graph) {
        Placement placement = record.decided().map(Decided::placement).orElse(Placement.NONE);
        List<PlanStep> steps = new ArrayList<>();
        Set<String> services = new TreeSet<>(record.desired().retiring().keySet());
        graph.services().forEach(service -> services.add(service.id()));
        services.stream()
                .filter(service -> installed(record, service))
                .forEach(service -> steps.add(
                        0,
                        new PlanStep(
                                Action.REMOVE,
                                service,
                                placement.of(service),
                                List.of(),
                                false,
                                "remove the release")));
        return steps;
    }

    /** Services that are there outside, or may be, and are not in the graph any more. */
    static Set<String> removed(GraphRecord record, Graph next) {
        Set<String> gone = new TreeSet<>(record.desired().retiring().keySet());
        record.desired().services().stream()
                .filter(service -> installed(record, service))
                .forEach(gone::add);
        next.services().forEach(service -> gone.remove(service.id()));
        return gone;
    }

    /** Services as they can begin: each after those that it needs, else as declared. */
    public static List<ServiceSpec> inOrder(Graph graph) {
        Map<String, ServiceSpec> ordered = new LinkedHashMap<>();
        Set<String> begun = new HashSet<>();
        graph.services().forEach(service -> add(graph, service, begun, ordered));
        return List.copyOf(ordered.values());
    }

    private static void add(Graph graph, ServiceSpec service, Set<String> begun, Map<String, ServiceSpec> ordered) {
        if (!begun.add(service.id())) {
            return;
        }
        if (service.trigger() instanceof Trigger.Auto auto) {
            auto.dependencies()
                    .forEach(needed -> graph.service(needed).ifPresent(spec -> add(graph, spec, begun, ordered)));
        }
        ordered.put(service.id(), service);
    }

    /** Whether nothing of a service is there but the rules that watch for its event. */
    private static boolean waits(GraphRecord record, String service) {
        return record.observed()
                        .services()
                        .getOrDefault(service, ObservedService.NOTHING)
                        .state()
                == ServiceState.PENDING;
    }

    /** Whether a service was installed and not taken away since. */
    static boolean installed(GraphRecord record, String service) {
        ObservedService seen = record.observed().services().getOrDefault(service, ObservedService.NOTHING);
        return seen.assignment() > 0
                && seen.state() != ServiceState.NOT_DEPLOYED
                && seen.state() != ServiceState.PENDING;
    }

    /** Whether a service may run at its old and its new place at the same time: not one that stands for a single device. */
    public static boolean mayRunTwice(ServiceSpec service) {
        return !service.artifact().isWebOfThings();
    }

    private static Optional<PlanStep> step(
            GraphRecord record, Optional<Design> before, Design after, ServiceSpec service, boolean breakFirst) {
        String id = service.id();
        List<Share> from = before.map(design -> design.placement().of(id)).orElse(List.of());
        List<Share> to = after.placement().of(id);
        if (record.desired().awaitsTrigger(service)) {
            return Optional.of(new PlanStep(Action.WATCH, id, List.of(), to, false, "wait for its event"));
        }
        // what was being taken away when its graph was started again is as good as gone
        if (!installed(record, id)
                || record.observed().phase() == GraphPhase.STOPPING
                || before.isEmpty()
                || !before.orElseThrow().has(id)
                || record.desired().retiring().containsKey(id)) {
            return Optional.of(new PlanStep(Action.INSTALL, id, List.of(), to, false, "install " + where(to)));
        }
        if (!clusters(from).equals(clusters(to))) {
            boolean sideBySide = !breakFirst && mayRunTwice(service);
            String how = sideBySide ? "make before break" : "stop, then start";
            return Optional.of(new PlanStep(
                    Action.MOVE,
                    id,
                    from,
                    to,
                    sideBySide,
                    "move from %s to %s, %s".formatted(where(from), where(to), how)));
        }
        if (!before.orElseThrow().content(id).equals(after.content(id))) {
            return Optional.of(new PlanStep(Action.UPGRADE, id, from, to, false, "upgrade " + where(to)));
        }
        return from.equals(to)
                ? Optional.empty()
                : Optional.of(new PlanStep(
                        Action.SCALE,
                        id,
                        from,
                        to,
                        false,
                        "scale from %d to %d"
                                .formatted(
                                        from.stream().mapToInt(Share::replicas).sum(),
                                        to.stream().mapToInt(Share::replicas).sum())));
    }

    /** Says of a service that it is being installed there. */
    public static String begins(ServiceSpec service, List<Share> places) {
        return "%s: is being installed on %s".formatted(service.id(), where(places));
    }

    private static List<ClusterId> clusters(List<Share> shares) {
        return shares.stream().map(Share::cluster).toList();
    }

    private static String where(List<Share> shares) {
        return shares.isEmpty()
                ? "where its chart says"
                : shares.stream()
                        .map(share -> "%s ×%d".formatted(share.cluster().name(), share.replicas()))
                        .collect(Collectors.joining(" + "));
    }
}
