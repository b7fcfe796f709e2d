// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.engine.context.Memory;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Descriptors are as large as users like: the engine never has all of them in memory (F-03). */
class DescriptorsTest {

    private static final long GIB = 1L << 30;
    private EmbeddedCore core;

    @BeforeEach
    void begin() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofMillis(300), ClusterModel.of("c1", new Resources(64_000, 64 * GIB, 1000 * GIB, 0))),
                "descriptors-" + UUID.randomUUID());
        core.memory = DescriptorsTest::withoutLists;
        core.stopEngine();
        core.startEngine();
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void noPathReadsAllDescriptorsAtOnce() {
        core.deploy(
                "p",
                Hdag.graph("g")
                        .service("a")
                        .conditional("w", "ANY", "e=up == 5")
                        .yaml());
        core.deploy("p", Hdag.of("h", "b"));
        core.deploy("q", Hdag.of("g", "a"));
        core.pass(Duration.ofSeconds(90));
        core.update("p", Hdag.of("h", "c"));
        core.remove(new GraphId("q", "g"));
        core.stopEngine();
        core.startEngine();
        core.pass(Duration.ofSeconds(90));

        assertThat(core.graphs().names("p")).containsExactly("g", "h");
        assertThat(core.graphs().projects()).containsOnlyKeys("p").containsEntry("p", 2L);
        assertThat(List.of(
                        core.view(new GraphId("p", "g")).phase(),
                        core.view(new GraphId("p", "h")).phase()))
                .containsExactly(GraphPhase.WAITING, GraphPhase.RUNNING);
        assertThat(core.world.snapshot().rules()).hasSize(1);
    }

    private static Memory withoutLists(Memory memory) {
        GraphStore store = (GraphStore) Proxy.newProxyInstance(
                GraphStore.class.getClassLoader(), new Class<?>[] {GraphStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        throw new AssertionError("all descriptors at once");
                    }
                    try {
                        return method.invoke(memory.graphs(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new Memory(
                store,
                memory.capacity(),
                memory.operations(),
                memory.revisions(),
                memory.plans(),
                memory.alerts(),
                memory.clusters(),
                memory.tombstones(),
                memory.installationId());
    }
}
