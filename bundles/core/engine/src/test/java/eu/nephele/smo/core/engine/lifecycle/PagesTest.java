// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphQuery;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of graphs say what the graphs themselves say, and cost one statement, or two after a start, and no descriptor. */
class PagesTest {

    private static final long GIB = 1L << 30;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final GraphId WAITS = new GraphId("p", "waits");
    private static final GraphId RUNS = new GraphId("p", "runs");

    private final AtomicInteger restored = new AtomicInteger();
    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofMillis(300), ClusterModel.of("c1", new Resources(64_000, 64 * GIB, 1000 * GIB, 0))),
                "pages-" + UUID.randomUUID());
        core.reading = this::counting;
        core.stopEngine();
        core.startEngine();
        core.deploy(
                "p",
                Hdag.graph("waits")
                        .service("a")
                        .conditional("w", "ANY", "e=up == 5")
                        .yaml());
        core.deploy("p", Hdag.of("runs", "b", "c"));
        core.deploy("q", Hdag.of("runs", "b"));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void anItemSaysWhatTheGraphSaysWhereverItIs() {
        assertItemsAreThoseOfTheGraphs(GraphPhase.PENDING, GraphPhase.PENDING);
        core.passUntil(() -> phase(WAITS) == GraphPhase.WAITING && phase(RUNS) == GraphPhase.RUNNING, MINUTE);
        assertItemsAreThoseOfTheGraphs(GraphPhase.RUNNING, GraphPhase.WAITING);

        core.update("p", Hdag.of("runs", "b", "d"));
        core.activate(WAITS, Set.of("w"));
        assertItemsAreThoseOfTheGraphs(GraphPhase.UPDATING, GraphPhase.UPDATING);

        core.passUntil(() -> phase(WAITS) == GraphPhase.RUNNING && phase(RUNS) == GraphPhase.RUNNING, MINUTE);
        assertItemsAreThoseOfTheGraphs(GraphPhase.RUNNING, GraphPhase.RUNNING);
        core.stop(RUNS);
        assertItemsAreThoseOfTheGraphs(GraphPhase.STOPPING, GraphPhase.RUNNING);
        core.remove(WAITS);
        assertItemsAreThoseOfTheGraphs(GraphPhase.STOPPING);
    }

    @Test
    void aPageIsOneStatementAndNoDescriptorAlsoAfterARestart() {
        core.passUntil(() -> phase(WAITS) == GraphPhase.WAITING && phase(RUNS) == GraphPhase.RUNNING, MINUTE);
        assertThat(costOfAPage()).isEqualTo(new Cost(1, 0));

        core.stopEngine();
        core.startEngine();
        assertThat(costOfAPage()).as("each descriptor is read once").isEqualTo(new Cost(1, 2));
        assertThat(costOfAPage()).isEqualTo(new Cost(1, 0));
    }

    @Test
    void aPageShowsAsManyAsAskedForAlsoWhereFewHaveThePhase() {
        core.stop(RUNS);
        for (String name : List.of("x1", "x2", "x3")) {
            core.deploy("p", Hdag.of(name, name));
        }
        core.stop(new GraphId("p", "x3"));

        assertThat(names(new GraphQuery("p", "", "", Optional.of(GraphPhase.STOPPING), 2)))
                .containsExactly("runs", "x3");
        assertThat(names(new GraphQuery("p", "runs", "x", Optional.empty(), 2))).containsExactly("x1", "x2");
        assertThat(names(new GraphQuery("p", "x2", "x", Optional.empty(), 2))).containsExactly("x3");
        assertThat(names(new GraphQuery("p", "", "runs", Optional.empty(), 1))).containsExactly("runs");
        assertThat(names(new GraphQuery("r", "", "", Optional.empty(), 1))).isEmpty();
    }

    private List<String> names(GraphQuery query) {
        return core.graphs().page(query, CallContext.INTERNAL).stream()
                .map(item -> item.id().name())
                .toList();
    }

    private record Cost(long statements, int restored) {}

    private Cost costOfAPage() {
        long statements = core.stores.statements();
        int before = restored.get();
        assertThat(names(firstOf("p"))).containsExactly("runs", "waits");
        return new Cost(core.stores.statements() - statements, restored.get() - before);
    }

    private void assertItemsAreThoseOfTheGraphs(GraphPhase... phases) {
        List<GraphItem> items = core.graphs().page(firstOf("p"), CallContext.INTERNAL);
        assertThat(items).extracting(GraphItem::phase).containsExactly(phases);
        assertThat(items)
                .isEqualTo(core.graphs().list("p", CallContext.INTERNAL).stream()
                        .map(GraphView::item)
                        .toList());
        core.stores.forget();
        assertThat(core.graphs().page(firstOf("p"), CallContext.INTERNAL))
                .as("from the database")
                .isEqualTo(items);
    }

    private static GraphQuery firstOf(String project) {
        return new GraphQuery(project, "", "", Optional.empty(), 101);
    }

    private GraphPhase phase(GraphId graph) {
        return core.view(graph).phase();
    }

    private DescriptorReader counting(DescriptorReader reader) {
        return (DescriptorReader) Proxy.newProxyInstance(
                DescriptorReader.class.getClassLoader(),
                new Class<?>[] {DescriptorReader.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("restore")) {
                        restored.incrementAndGet();
                    }
                    try {
                        return method.invoke(reader, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
