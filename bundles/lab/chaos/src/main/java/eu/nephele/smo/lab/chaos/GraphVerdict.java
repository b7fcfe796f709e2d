// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.chaos.GraphSpec.Service;
import eu.nephele.smo.lab.chaos.GraphState.Awaited;
import eu.nephele.smo.lab.world.WorldReport.Release;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares one graph: what was promised, what the server says, what there is. */
final class GraphVerdict {

    private static final Set<String> GOOD_PHASES = Set.of("RUNNING", "WAITING");

    private final GraphModel graph;
    private final Belief belief;
    private final Outside outside;
    private final List<Finding> findings = new ArrayList<>();

    private GraphVerdict(GraphModel graph, Belief belief, Outside outside) {
        this.graph = graph;
        this.belief = belief;
        this.outside = outside;
    }

    static List<Finding> of(GraphModel graph, Belief belief, Outside outside) {
        GraphVerdict verdict = new GraphVerdict(graph, belief, outside);
        verdict.judge();
        return verdict.findings;
    }

    private void judge() {
        GraphState state = graph.state();
        if (state.spec().isEmpty()) {
            absent();
        } else if (!state.matches(belief.status(), belief.view())) {
            find(Finding.lost(graph.toString(), state.toString(), belief.summary()));
        } else if (!state.running()) {
            stopped();
        } else if (GOOD_PHASES.contains(belief.phase())) {
            state.spec().get().services().forEach(this::service);
        } else if (!belief.waitsForRoom()) {
            find(Finding.stuck(graph.toString(), "running", belief.summary()));
        }
    }

    private void absent() {
        if (belief.isBeingRemoved()) {
            find(Finding.stuck(graph.toString(), "absent", belief.summary()));
        } else if (!belief.isAbsent()) {
            find(Finding.lost(graph.toString(), "absent", belief.summary()));
        }
    }

    private void stopped() {
        if (!belief.phase().equals("STOPPED")) {
            find(Finding.stuck(graph.toString(), "stopped", belief.summary()));
            return;
        }
        outside.releases().stream()
                .filter(ref -> ref.graph().name().equals(graph.name()))
                .forEach(ref -> find(Finding.orphaned(
                        ref.toString(),
                        "no release of a stopped graph",
                        outside.pods(ref).toString())));
    }

    private void service(Service service) {
        Awaited awaited = graph.state().awaited().getOrDefault(service.id(), Awaited.INSTALLED);
        WorkloadRef ref = Outside.ref(graph, service.id());
        Optional<Release> release = outside.release(ref);
        if (release.isPresent()) {
            if (awaited == Awaited.WAITS) {
                find(Finding.orphaned(
                        ref.toString(),
                        "not installed before its event",
                        release.get().key()));
            }
            content(service, ref, release.get());
            replicas(service, ref);
        } else if (awaited == Awaited.INSTALLED) {
            find(Finding.lost(ref.toString(), "installed", "there is no release; the graph is " + belief.summary()));
        }
        if (awaited == Awaited.WAITS && !outside.events(ref).equals(Set.copyOf(Service.EVENTS))) {
            find(Finding.lost(ref.toString(), "alert rules " + Service.EVENTS, "rules " + outside.events(ref)));
        }
    }

    private void content(Service service, WorkloadRef ref, Release release) {
        BigDecimal edit = release.values()
                .get(GraphSpec.EDIT_VALUE)
                .flatMap(JsonValue::asNumber)
                .orElse(BigDecimal.ZERO);
        if (!release.artifact().equals(service.chart()) || edit.intValue() != service.edit()) {
            find(Finding.lost(
                    ref.toString(),
                    "%s with edit %d".formatted(service.chart(), service.edit()),
                    "%s with edit %s".formatted(release.artifact(), edit)));
        }
    }

    private void replicas(Service service, WorkloadRef ref) {
        Map<String, Integer> decided = belief.decided(service.id());
        Map<String, Integer> pods = outside.pods(ref);
        if (pods.equals(decided)) {
            unready(ref, pods);
            return;
        }
        boolean more = pods.entrySet().stream().anyMatch(it -> it.getValue() > decided.getOrDefault(it.getKey(), 0));
        String expected = "pods as decided: " + decided;
        find(
                more
                        ? Finding.doubled(ref.toString(), expected, "pods " + pods)
                        : Finding.lost(ref.toString(), expected, "pods " + pods));
    }

    private void unready(WorkloadRef ref, Map<String, Integer> pods) {
        int wanted = pods.values().stream().mapToInt(Integer::intValue).sum();
        int ready = outside.release(ref).map(Release::readyReplicas).orElse(0);
        if (ready < wanted) {
            find(Finding.stuck(ref.toString(), "%d pods ready".formatted(wanted), "%d are".formatted(ready)));
        }
    }

    private void find(Finding finding) {
        findings.add(finding);
    }
}
