// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.MoveHook;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** After a graph is removed nothing of it is left, in no corner of the engine. */
class LeaksTest {

    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;

    @Test
    void nothingGrowsWithTheNumberOfGraphsThatWere() throws Exception {
        try (EmbeddedCore core = new EmbeddedCore(
                Scenario.of(Duration.ofMillis(300), cluster("c1"), cluster("c2")), "leaks-" + UUID.randomUUID())) {
            core.ports().add(new Silent());
            core.pass(Duration.ofSeconds(1));
            life(core, "first");
            Map<String, Integer> before = sizes(core);
            int threads = Thread.activeCount();
            for (int i = 0; i < 4; i++) {
                life(core, "graph-" + i);
            }
            assertThat(before).hasSizeGreaterThan(15);
            assertThat(sizes(core)).isEqualTo(before);
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 1);
            assertThat(core.stores.graphs().list()).isEmpty();
            assertThat(core.stores.tombstones().list()).isEmpty();
            assertThat(core.world.snapshot().releases()).isEmpty();
            assertThat(core.world.snapshot().rules()).isEmpty();
        }
    }

    /** Is called, so that the engine remembers it. */
    private static final class Silent implements MoveHook {

        @Override
        public void beforeMove(Move move) {
            assertThat(move.service()).isNotEmpty();
        }

        @Override
        public void afterMove(Move move) {
            assertThat(move.service()).isNotEmpty();
        }
    }

    /** Everything that can happen to a graph. */
    private static void life(EmbeddedCore core, String name) {
        GraphId graph = new GraphId("p", name);
        Hdag first = Hdag.graph(name).service(name + "-a").conditional(name + "-w", "ANY", "e=up == 5");
        core.deploy("p", first.yaml());
        core.pass(Duration.ofSeconds(2));
        core.fire(graph, name + "-w", "e", true);
        core.doors().plans().plan(graph, PlaceRequest.replace(), CallContext.INTERNAL);
        core.update("p", Hdag.of(name, name + "-a", name + "-b"));
        core.pass(Duration.ofSeconds(2));
        core.place(
                graph,
                new PlaceRequest(
                        DecisionReason.OFFLOAD,
                        Set.of(name + "-a"),
                        Optional.of(C2),
                        StrategySelection.UNSPECIFIED,
                        false));
        core.pass(Duration.ofSeconds(2));
        core.world.apply(new WorldAction.ChangeValues(new WorkloadRef(graph, name + "-a")));
        core.pass(Duration.ofSeconds(40));
        core.update(
                "p",
                Hdag.graph(name)
                        .service(name + "-a", "large")
                        .service("x", "large")
                        .service("y", "large")
                        .yaml());
        core.pass(Duration.ofSeconds(5));
        core.world.failCluster("c2");
        core.pass(Duration.ofSeconds(30));
        core.world.restoreCluster("c2");
        core.pass(Duration.ofSeconds(5));
        core.stop(graph);
        core.pass(Duration.ofSeconds(2));
        core.start(graph);
        core.pass(Duration.ofSeconds(2));
        assertThat(core.view(graph).phase()).isEqualTo(GraphPhase.RUNNING);
        core.remove(graph);
        core.pass(Duration.ofSeconds(2));
        core.graphs()
                .deploy(
                        new DeployRequest(
                                core.graph(
                                        "p",
                                        Hdag.graph(name)
                                                .service("x", "large")
                                                .service("y", "large")
                                                .service("z", "large")
                                                .yaml()),
                                DeployRequest.StrategyOverride.NONE,
                                false,
                                java.util.List.of()),
                        CallContext.INTERNAL);
        core.pass(Duration.ofSeconds(20));
    }

    /** Sizes of all maps and collections of the engine, by the name of their field. */
    private static Map<String, Integer> sizes(EmbeddedCore core) throws ReflectiveOperationException {
        Field engine = EmbeddedCore.class.getDeclaredField("engine");
        engine.setAccessible(true);
        Map<String, Integer> sizes = new TreeMap<>();
        measure(engine.get(core), sizes, Collections.newSetFromMap(new IdentityHashMap<>()));
        // as many as there were in the last seconds, whatever became of graphs
        assertThat(sizes.remove("RecentUse.looks")).isBetween(1, 10);
        return sizes;
    }

    private static void measure(Object part, Map<String, Integer> sizes, Set<Object> known)
            throws ReflectiveOperationException {
        if (!isOurs(part) || !known.add(part)) {
            return;
        }
        for (Field field : part.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
                continue;
            }
            field.setAccessible(true);
            Object value = field.get(part);
            String name = part.getClass().getSimpleName() + "." + field.getName();
            if (value instanceof Map<?, ?> map) {
                sizes.put(name, map.size());
            } else if (value instanceof Collection<?> collection) {
                sizes.put(name, collection.size());
            } else {
                measure(value, sizes, known);
            }
        }
    }

    private static boolean isOurs(Object part) {
        return part != null
                && part.getClass().getPackageName().startsWith(LeaksTest.class.getPackageName())
                && !(part instanceof VirtualScheduler);
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
    }
}
