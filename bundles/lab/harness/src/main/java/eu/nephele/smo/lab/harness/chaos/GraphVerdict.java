// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.ChaosService;
import eu.nephele.smo.lab.harness.chaos.GraphState.Awaited;
import eu.nephele.smo.lab.remote.world.WorldReport.ReleaseReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares one graph: its promise, its state in the server, its state in the world. */
final class GraphVerdict {

    private static final Set<String> GOOD_PHASES = Set.of("RUNNING", "WAITING");

    private final GraphModel graph;
    private final GraphAnswer graphAnswer;
    private final ObservedWorld observedWorld;
    private final List<ChaosFinding> findings = new ArrayList<>();

    private GraphVerdict(GraphModel graph, GraphAnswer graphAnswer, ObservedWorld observedWorld) {
        this.graph = graph;
        this.graphAnswer = graphAnswer;
        this.observedWorld = observedWorld;
    }

    static List<ChaosFinding> judge(GraphModel graph, GraphAnswer graphAnswer, ObservedWorld observedWorld) {
        GraphVerdict verdict = new GraphVerdict(graph, graphAnswer, observedWorld);
        verdict.judge();
        return verdict.findings;
    }

    private void judge() {
        GraphState state = graph.state();
        if (state.spec().isEmpty()) {
            absent();
        } else if (!state.matches(graphAnswer.status(), graphAnswer.view())) {
            find(ChaosFinding.lost(graph.toString(), state.toString(), graphAnswer.summary()));
        } else if (!state.running()) {
            stopped();
        } else if (GOOD_PHASES.contains(graphAnswer.phase())) {
            state.spec().get().services().forEach(this::service);
        } else if (!graphAnswer.waitsForRoom()) {
            find(ChaosFinding.stuck(graph.toString(), "running", graphAnswer.summary()));
        }
    }

    private void absent() {
        if (graphAnswer.isBeingRemoved()) {
            find(ChaosFinding.stuck(graph.toString(), "absent", graphAnswer.summary()));
        } else if (!graphAnswer.isAbsent()) {
            find(ChaosFinding.lost(graph.toString(), "absent", graphAnswer.summary()));
        }
    }

    private void stopped() {
        if (!graphAnswer.phase().equals("STOPPED")) {
            find(ChaosFinding.stuck(graph.toString(), "stopped", graphAnswer.summary()));
            return;
        }
        observedWorld.releases().stream()
                .filter(ref -> ref.graph().name().equals(graph.name()))
                .forEach(ref -> find(ChaosFinding.orphaned(
                        ref.toString(),
                        "no release of a stopped graph",
                        observedWorld.pods(ref).toString())));
    }

    private void service(ChaosService service) {
        Awaited awaited = graph.state().awaited().getOrDefault(service.id(), Awaited.INSTALLED);
        WorkloadRef ref = ObservedWorld.ref(graph, service.id());
        Optional<ReleaseReport> release = observedWorld.release(ref);
        if (release.isPresent()) {
            if (awaited == Awaited.WAITS) {
                find(ChaosFinding.orphaned(
                        ref.toString(),
                        "not installed before its event",
                        release.get().key()));
            }
            content(service, ref, release.get());
            replicas(service, ref);
        } else if (awaited == Awaited.INSTALLED) {
            find(ChaosFinding.lost(ref.toString(), "installed", "no release; the graph is " + graphAnswer.summary()));
        }
        if (awaited == Awaited.WAITS && !observedWorld.events(ref).equals(Set.copyOf(ChaosService.EVENTS))) {
            find(ChaosFinding.lost(
                    ref.toString(), "alert rules " + ChaosService.EVENTS, "rules " + observedWorld.events(ref)));
        }
    }

    private void content(ChaosService service, WorkloadRef ref, ReleaseReport release) {
        BigDecimal edit = release.values()
                .get(GraphSpec.EDIT_VALUE)
                .flatMap(JsonValue::asNumber)
                .orElse(BigDecimal.ZERO);
        if (!release.artifact().equals(service.chart()) || edit.intValue() != service.edit()) {
            find(ChaosFinding.lost(
                    ref.toString(),
                    "%s with edit %d".formatted(service.chart(), service.edit()),
                    "%s with edit %s".formatted(release.artifact(), edit)));
        }
    }

    private void replicas(ChaosService service, WorkloadRef ref) {
        Map<String, Integer> decided = graphAnswer.decided(service.id());
        Map<String, Integer> pods = observedWorld.pods(ref);
        division(service, ref, decided);
        if (pods.equals(decided)) {
            unready(ref, pods);
            return;
        }
        Set<String> clusters = new TreeSet<>(decided.keySet());
        clusters.addAll(pods.keySet());
        for (String cluster : clusters) {
            share(ref + " on " + cluster, decided.getOrDefault(cluster, 0), pods.getOrDefault(cluster, 0));
        }
    }

    private void share(String share, int decided, int pods) {
        String expected = decided + " pods, as decided";
        if (pods > decided) {
            find(ChaosFinding.doubled(share, expected, pods + " pods"));
        } else if (pods < decided) {
            find(ChaosFinding.lost(share, expected, pods + " pods"));
        }
    }

    /** The decision itself has to divide the replicas as the descriptor says. */
    private void division(ChaosService service, WorkloadRef ref, Map<String, Integer> decided) {
        ReplicaDivision division = service.division();
        String expected = "replicas divided by " + division;
        division.flaw(decided.values())
                .ifPresent(
                        flaw -> find(ChaosFinding.lost(ref.toString(), expected, "%s: %s".formatted(decided, flaw))));
        if (!division.weights().isEmpty() && !division.weights().keySet().containsAll(decided.keySet())) {
            find(ChaosFinding.lost(ref.toString(), expected, decided + ": on a cluster without a weight"));
        }
    }

    private void unready(WorkloadRef ref, Map<String, Integer> pods) {
        int wanted = pods.values().stream().mapToInt(Integer::intValue).sum();
        int ready = observedWorld.release(ref).map(ReleaseReport::readyReplicas).orElse(0);
        if (ready < wanted) {
            find(ChaosFinding.stuck(ref.toString(), "%d pods ready".formatted(wanted), "%d are".formatted(ready)));
        }
    }

    private void find(ChaosFinding finding) {
        findings.add(finding);
    }
}
