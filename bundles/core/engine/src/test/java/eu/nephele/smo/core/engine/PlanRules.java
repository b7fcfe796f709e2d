// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.engine.Doings.Doing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what was done to the world with the steps of a plan. */
final class PlanRules {

    /** A service as it is in the world. */
    private record Seen(String digest, Map<ClusterId, Integer> replicas, Map<ClusterId, Resources> requested) {

        private Optional<Resources> perReplica() {
            return replicas.entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .findFirst()
                    .map(entry -> new Resources(
                            requested
                                            .getOrDefault(entry.getKey(), Resources.NONE)
                                            .cpuMillis()
                                    / entry.getValue(),
                            0,
                            0,
                            0));
        }
    }

    private final EmbeddedCore core;
    private final GraphId graph;
    private final Plan plan;
    private final Set<String> renewed;
    private final Set<String> known = new TreeSet<>();
    private final Map<String, Seen> before;
    private final Set<String> wasReady = new TreeSet<>();
    private final List<String> interruptions = new ArrayList<>();
    private final Set<String> declaredBefore = new TreeSet<>();

    /**
     * Looks at the world before the plan is applied.
     *
     * @param renewed services whose pods are made anew wherever they are, because their artifact or needs change
     */
    PlanRules(EmbeddedCore core, GraphId graph, Plan plan, Set<String> renewed) {
        this.renewed = renewed;
        this.core = core;
        this.graph = graph;
        this.plan = plan;
        core.graphs()
                .find(graph, CallContext.INTERNAL)
                .ifPresent(view -> view.graph().services().forEach(service -> declaredBefore.add(service.id())));
        known.addAll(declaredBefore);
        plan.steps().forEach(step -> known.add(step.service()));
        this.before = seen();
        observe().forEach((service, seen) -> {
            if (seen.readyReplicas() > 0) {
                wasReady.add(service);
            }
        });
    }

    private Map<String, WorkloadObservation> observe() {
        Map<String, WorkloadObservation> all = new TreeMap<>();
        core.world
                .runtime()
                .observe(known.stream()
                        .map(service -> new WorkloadRef(graph, service))
                        .toList())
                .forEach((ref, seen) -> all.put(ref.service(), seen));
        return all;
    }

    private Map<String, Seen> seen() {
        Map<String, Seen> all = new TreeMap<>();
        observe().forEach((service, observed) -> {
            Map<ClusterId, Integer> replicas = new TreeMap<>();
            Map<ClusterId, Resources> requested = new TreeMap<>();
            observed.byCluster().forEach((cluster, there) -> {
                replicas.put(cluster, there.desiredReplicas());
                requested.put(cluster, there.requested());
            });
            String digest = core.world
                    .deployer()
                    .state(new WorkloadRef(graph, service))
                    .orElseThrow()
                    .digest();
            all.put(service, new Seen(digest, replicas, requested));
        });
        return all;
    }

    /** While the plan is carried out: what moves make-before-break never stops being there. */
    void look() {
        Map<String, WorkloadObservation> now = observe();
        for (PlanStep step : plan.steps()) {
            boolean there =
                    now.containsKey(step.service()) && now.get(step.service()).readyReplicas() > 0;
            if (step.makeBeforeBreak()
                    && !renewed.contains(step.service())
                    && wasReady.contains(step.service())
                    && !there) {
                interruptions.add(step.service());
            }
        }
    }

    void compare(List<Doing> done) {
        assertThat(interruptions)
                .as("interrupted in spite of make before break")
                .isEmpty();
        Graph declared = core.view(graph).graph();
        declared.services().forEach(service -> known.add(service.id()));
        Map<String, Seen> after = seen();
        Map<String, Action> expected = new TreeMap<>();
        plan.steps().stream().filter(step -> step.action() != Action.WATCH).forEach(step -> assertThat(
                        expected.put(step.service(), step.action()))
                .as("one step per service")
                .isNull());
        assertThat(changes(after)).as("what changed in the world").isEqualTo(expected);
        Set<String> touched = new TreeSet<>();
        done.stream()
                .filter(doing -> doing.workload().graph().equals(graph))
                .forEach(doing -> touched.add(doing.workload().service()));
        assertThat(touched).as("services that were touched").isEqualTo(expected.keySet());
        plan.steps().forEach(step -> way(step, done));
        order(declared, done);
        services(declared);
    }

    private Map<String, Action> changes(Map<String, Seen> after) {
        Map<String, Action> changes = new TreeMap<>();
        for (String service : known) {
            Seen old = before.get(service);
            Seen now = after.get(service);
            if (old == null && now != null) {
                changes.put(service, Action.INSTALL);
            } else if (old != null && now == null) {
                changes.put(service, Action.REMOVE);
            } else if (old != null) {
                changed(old, now).ifPresent(action -> changes.put(service, action));
            }
        }
        return changes;
    }

    private static Optional<Action> changed(Seen old, Seen now) {
        if (!old.replicas().keySet().equals(now.replicas().keySet())) {
            return Optional.of(Action.MOVE);
        } else if (!old.digest().equals(now.digest()) || !old.perReplica().equals(now.perReplica())) {
            return Optional.of(Action.UPGRADE);
        }
        return old.replicas().equals(now.replicas()) ? Optional.empty() : Optional.of(Action.SCALE);
    }

    /** The plan was carried out: both places at once exactly where the step has them, and steps end at their places. */
    private void way(PlanStep step, List<Doing> done) {
        Set<String> from = names(step.from());
        Set<String> to = names(step.to());
        if (step.action() == Action.MOVE) {
            Set<String> left = new HashSet<>(from);
            left.removeAll(to);
            Set<String> entered = new HashSet<>(to);
            entered.removeAll(from);
            boolean together = of(step, done).stream()
                    .anyMatch(doing -> doing.clusters().stream().anyMatch(left::contains)
                            && doing.clusters().stream().anyMatch(entered::contains));
            assertThat(together).as("%s is at both places at once", step).isEqualTo(step.makeBeforeBreak());
        } else {
            assertThat(of(step, done)).as(step.toString()).allSatisfy(doing -> assertThat(doing.clusters())
                    .isEqualTo(to));
        }
    }

    private static List<Doing> of(PlanStep step, List<Doing> done) {
        return done.stream()
                .filter(doing -> doing.workload().service().equals(step.service()))
                .toList();
    }

    /** Removals are before or after everything else as the plan has them, and what needs another one comes after it. */
    private void order(Graph declared, List<Doing> done) {
        List<String> planned = plan.steps().stream()
                .filter(step -> step.action() != Action.WATCH)
                .map(PlanStep::service)
                .toList();
        List<String> doings =
                done.stream().map(doing -> doing.workload().service()).toList();
        for (PlanStep step : plan.steps()) {
            if (step.action() == Action.REMOVE) {
                for (PlanStep other : plan.steps()) {
                    if (other.action() != Action.REMOVE && other.action() != Action.WATCH) {
                        boolean first = planned.indexOf(step.service()) < planned.indexOf(other.service());
                        boolean wasFirst = doings.lastIndexOf(step.service()) < doings.lastIndexOf(other.service());
                        assertThat(wasFirst)
                                .as("%s goes before %s", step.service(), other.service())
                                .isEqualTo(first);
                    }
                }
            }
        }
        Set<String> installed = new HashSet<>();
        plan.steps().stream()
                .filter(step -> step.action() == Action.INSTALL)
                .forEach(step -> installed.add(step.service()));
        for (ServiceSpec service : declared.services()) {
            if (installed.contains(service.id()) && service.trigger() instanceof Trigger.Auto auto) {
                auto.dependencies().stream().filter(installed::contains).forEach(needed -> {
                    assertThat(doings.indexOf(needed))
                            .as("%s is installed before %s", needed, service.id())
                            .isLessThan(doings.indexOf(service.id()));
                    assertThat(planned.indexOf(needed))
                            .as("%s is planned before %s", needed, service.id())
                            .isLessThan(planned.indexOf(service.id()));
                });
            }
        }
    }

    /** The summary says what the descriptor gained and lost, and has each service. */
    private void services(Graph declared) {
        Set<String> now = new TreeSet<>();
        declared.services().forEach(service -> now.add(service.id()));
        Set<String> added = new TreeSet<>(now);
        added.removeAll(declaredBefore);
        Set<String> removed = new TreeSet<>(declaredBefore);
        removed.removeAll(now);
        assertThat(plan.services().added()).as("added").isEqualTo(added);
        assertThat(plan.services().removed()).as("removed").isEqualTo(removed);
        Set<String> moved = new TreeSet<>();
        plan.steps().stream().filter(step -> step.action() == Action.MOVE).forEach(step -> moved.add(step.service()));
        assertThat(plan.services().moved()).as("moved").isEqualTo(moved);
    }

    private static Set<String> names(List<Share> shares) {
        Set<String> names = new TreeSet<>();
        shares.forEach(share -> names.add(share.cluster().name()));
        return names;
    }
}
