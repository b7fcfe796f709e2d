// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphQuery;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.history.LoadService;
import eu.nephele.smo.core.contract.overview.OverviewQuery;
import eu.nephele.smo.core.contract.overview.OverviewQuery.Order;
import eu.nephele.smo.core.contract.overview.OverviewService;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DoorsTest extends DoorContract {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
    private static final Set<String> READS = Set.of(
            "find",
            "findByName",
            "list",
            "listOf",
            "page",
            "repeated",
            "names",
            "projects",
            "revisions",
            "await",
            "dashboard",
            "directives",
            "graphs",
            "totals",
            "clusters",
            "services",
            "load");

    private EmbeddedCore core;
    private String plan = "";

    @BeforeAll
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(12_000, 64L << 30, 1000L << 30, 0))),
                "doors-" + UUID.randomUUID());
        core.stopEngine();
        core.access = rights;
        core.startEngine();
        core.pass(Duration.ofSeconds(1));
        core.graphs().deploy(request(), CallContext.INTERNAL);
        core.pass(Duration.ofSeconds(5));
        plan = core.doors()
                .plans()
                .plan(G, PlaceRequest.replace(), CallContext.INTERNAL)
                .id();
        core.doors().clusters().cordon(C1, "by a test", CallContext.INTERNAL);
    }

    @AfterAll
    void end() {
        core.close();
    }

    private DeployRequest request() {
        return DeployRequest.of(core.graph("p", Hdag.of("g", "a")));
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        Engine.EngineServices engineServices = core.doors();
        return Map.of(
                GraphService.class, engineServices.graphs(),
                OperationService.class, engineServices.operations(),
                PlanService.class, engineServices.plans(),
                ClusterService.class, engineServices.clusters(),
                AlertService.class, engineServices.alerts(),
                OverviewService.class, engineServices.overview(),
                LoadService.class, engineServices.loads());
    }

    @Override
    protected boolean onlyReads(Method method) {
        return READS.contains(method.getName());
    }

    /** Simulated clusters have no dashboards, and the call has no key of a request before it. */
    @Override
    protected boolean readsNothing(Method method) {
        return Set.of("dashboard", "repeated").contains(method.getName());
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        if (type == boolean.class && method.getDeclaringClass() == OperationService.class) {
            // all operations, and not only open ones: there is none
            return false;
        }
        Map<Class<?>, Object> known = Map.of(
                DeployRequest.class,
                request(),
                GraphId.class,
                G,
                PlaceRequest.class,
                PlaceRequest.replace(),
                GraphQuery.class,
                new GraphQuery("p", "", "", Optional.empty(), 10),
                OverviewQuery.class,
                new OverviewQuery(
                        "", Set.of(), Optional.empty(), Optional.empty(), false, Order.NAME, Optional.empty(), 10),
                HistorySpan.class,
                new HistorySpan(core.now().minusSeconds(60), core.now()),
                Duration.class,
                Duration.ofSeconds(30),
                ClusterId.class,
                C1,
                String.class,
                text(method, index));
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    private String text(Method method, int index) {
        if (method.getName().equals("listOf")) {
            return index == 0 ? ResourceRef.GRAPH : "p";
        }
        if (method.getDeclaringClass() == OperationService.class) {
            return operation();
        }
        if (method.getDeclaringClass() == PlanService.class) {
            return plan;
        }
        if (method.getDeclaringClass() == LoadService.class) {
            return "a";
        }
        return method.getName().equals("findByName") ? "g" : "p";
    }

    private String operation() {
        return core.stores
                .operations()
                .list(new OperationStore.Query(Optional.empty(), Optional.empty(), false, 1))
                .get(0)
                .id();
    }

    @Override
    protected Object stored() {
        return List.of(
                core.stores.graphs().find(G).orElseThrow().desired(),
                core.stores.operations().list(new OperationStore.Query(Optional.empty(), Optional.empty(), false, 100)),
                core.stores.clusters().list());
    }

    @Test
    void whatIsDoneIsReportedWithWhoDidItAndWhere() {
        core.graphs().pause(G, true, ANNA);
        core.graphs().pause(G, false, CallContext.INTERNAL);
        assertThat(rights.told()).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("graph.pause");
            assertThat(entry.target()).isEqualTo("graph/p/g");
            assertThat(entry.principal()).isEqualTo("anna");
            assertThat(entry.sourceAddress()).isEqualTo("10.0.0.1");
            assertThat(entry.outcome()).isEqualTo("accepted");
        });
    }

    @Test
    void aPageIsFilledWithWhatMayBeSeen() {
        for (String name : List.of("h", "i", "j", "k")) {
            core.graphs().deploy(DeployRequest.of(core.graph("q", Hdag.of(name, "a" + name))), CallContext.INTERNAL);
        }
        rights.hide(target -> Set.of("h", "j").contains(target.name()));
        assertThat(core.graphs().page(new GraphQuery("q", "", "", Optional.empty(), 2), ANNA))
                .extracting(item -> item.id().name())
                .containsExactly("i", "k");
        assertThat(core.graphs().names("q", ANNA)).containsExactly("i", "k");
    }
}
