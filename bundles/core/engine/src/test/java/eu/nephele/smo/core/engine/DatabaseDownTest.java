// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.AlertStore;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.ClusterStore;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.PlanStore;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.contract.store.TombstoneStore;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The database is away for half a minute at any time: nothing acknowledged is lost, errors say what is wrong. */
class DatabaseDownTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;
    private boolean down;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(12_000, 64 * GIB, 1000 * GIB, 0))),
                "down-" + UUID.randomUUID());
        core.memory = engineStores -> new EngineStores(
                breaking(GraphStore.class, engineStores.graphs()),
                breaking(CapacityStore.class, engineStores.capacity()),
                breaking(OperationStore.class, engineStores.operations()),
                breaking(RevisionStore.class, engineStores.revisions()),
                breaking(PlanStore.class, engineStores.plans()),
                breaking(AlertStore.class, engineStores.alerts()),
                breaking(ClusterStore.class, engineStores.clusters()),
                breaking(TombstoneStore.class, engineStores.tombstones()),
                engineStores.instance());
        core.stopEngine();
        core.startEngine();
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void whatIsUnderWayEndsWhenTheDatabaseIsBack() {
        for (int millis : List.of(0, 200, 700)) {
            Duration before = Duration.ofMillis(millis);
            through(before, () -> core.deploy("p", Hdag.of("g", "a", "b")));
            assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
            through(before, () -> core.update("p", Hdag.of("g", "a", "c")));
            assertThat(core.world.snapshot().releases()).hasSize(2);
            through(before, () -> core.stop(G));
            through(before, () -> core.start(G));
            through(before, () -> core.remove(G));
            assertThat(core.stores.graphs().find(G)).isEmpty();
            assertThat(core.world.snapshot().releases()).isEmpty();
        }
        assertThat(core.world.snapshot().repeatedWrites()).isZero();
    }

    @Test
    void whatCannotBeStoredIsRefusedWithTheNameOfTheSystemAndDidNotHappen() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        down = true;
        for (Runnable call : List.<Runnable>of(
                () -> core.deploy("p", Hdag.of("h", "b")),
                () -> core.update("p", Hdag.of("g", "c")),
                () -> core.stop(G),
                () -> core.remove(G),
                () -> core.graphs().pause(G, true, CallContext.INTERNAL),
                () -> core.graphs().list(CallContext.INTERNAL),
                () -> core.doors()
                        .operations()
                        .list(Optional.empty(), Optional.empty(), false, 10, CallContext.INTERNAL))) {
            assertThatThrownBy(call::run).isInstanceOfSatisfying(SmoException.class, e -> {
                assertThat(e.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
                assertThat(e.source()).isEqualTo("database");
            });
        }
        core.pass(Duration.ofSeconds(30));
        down = false;
        core.pass(Duration.ofSeconds(40));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
        assertThat(core.stores.graphs().list()).hasSize(1);
        assertThat(core.doors().operations().list(Optional.empty(), Optional.empty(), false, 10, CallContext.INTERNAL))
                .hasSize(1);
        assertThat(core.stores.graphs().find(G).orElseThrow().desired().generation())
                .isEqualTo(1);
    }

    /**
     * Looks that fail are not planned beside those that are planned already: ten minutes would make hundreds of them.
     */
    @Test
    void inALongOutageTheClustersAreLookedAtOnceInFiveSeconds() {
        Logger logger = (Logger) LoggerFactory.getLogger(Engine.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            down = true;
            for (int minute = 0; minute < 10; minute++) {
                // news of a cluster, which is looked at beside the regular looks
                core.world.addCluster(ClusterModel.of("n" + minute, new Resources(1_000, GIB, GIB, 0)));
                core.pass(Duration.ofMinutes(1));
            }
            assertThat(failedLooks(log)).isPositive();
            log.list.clear();
            core.pass(Duration.ofMinutes(2));
            assertThat(failedLooks(log)).isBetween(12L, 36L);
        } finally {
            logger.detachAppender(log);
        }
    }

    private static long failedLooks(ListAppender<ILoggingEvent> log) {
        return log.list.stream()
                .filter(each -> each.getMessage().startsWith("reading cluster state failed"))
                .count();
    }

    @Test
    void aClusterThatFailsMeanwhileIsNoticedAfterwards() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        down = true;
        core.world.addCluster(ClusterModel.of("c2", new Resources(12_000, 64 * GIB, 1000 * GIB, 0)));
        core.world.failCluster("c1");
        core.pass(Duration.ofSeconds(30));
        down = false;
        core.passUntil(
                () -> core.view(G).phase() == GraphPhase.RUNNING
                        && core.view(G)
                                .placement()
                                .clusterOf("a")
                                .orElseThrow()
                                .name()
                                .equals("c2"),
                Duration.ofMinutes(2));
        assertThat(core.events()).extracting(event -> event.type()).containsOnlyOnce("cluster.unavailable");
    }

    @Test
    void aClusterThatComesMeanwhileIsUsedBeforeTheNextRegularLook() {
        core.deploy("p", Hdag.graph("g").at("a", "c2").yaml());
        core.pass(Duration.ofSeconds(15));
        assertThat(core.view(G).phase()).isNotEqualTo(GraphPhase.RUNNING);
        down = true;
        core.world.addCluster(ClusterModel.of("c2", new Resources(12_000, 64 * GIB, 1000 * GIB, 0)));
        core.pass(Duration.ofSeconds(2));
        down = false;
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(9));
    }

    private void through(Duration before, Supplier<Change> change) {
        Change made = change.get();
        core.pass(before);
        down = true;
        core.pass(Duration.ofSeconds(30));
        down = false;
        core.passUntil(() -> operation(made).state().isFinal(), Duration.ofMinutes(2));
        assertThat(operation(made).state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    private Operation operation(Change change) {
        return core.stores
                .operations()
                .find(change.operation().orElseThrow().id())
                .orElseThrow();
    }

    private <T> T breaking(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (down) {
                throw SmoException.of(
                        SmoException.Kind.UNAVAILABLE, "database", "The database does not answer", Optional.empty());
            }
            try {
                return method.invoke(real, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
