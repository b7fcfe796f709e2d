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
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.AuditTrail;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of every door asks who may call it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
    private static final CallContext ANNA = CallContext.of("anna", "10.0.0.1", Set.of(), "c1");
    private static final List<Class<?>> DOORS = List.of(
            GraphService.class, OperationService.class, PlanService.class, ClusterService.class, AlertService.class);

    private final Rules rules = new Rules();
    private EmbeddedCore core;

    /** What anybody may do; who is refused something. */
    private static final class Rules implements AccessControl, Permissions {

        private Set<Verb> allowed = Set.of(Verb.values());
        private Set<String> hidden = Set.of();
        private final List<AuditRecord> audit = new ArrayList<>();

        @Override
        public Permissions permissions() {
            return this;
        }

        @Override
        public AuditTrail audit() {
            return audit::add;
        }

        @Override
        public boolean allow(CallContext call, Verb verb, ResourceRef target) {
            return allowed.contains(verb) && !hidden.contains(target.name());
        }

        @Override
        public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
            return allowed.contains(verb);
        }
    }

    @BeforeAll
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(12_000, 64L << 30, 1000L << 30, 0))),
                "doors-" + UUID.randomUUID());
        core.stopEngine();
        core.access = rules;
        core.startEngine();
        core.pass(Duration.ofSeconds(1));
        core.graphs().deploy(request(), CallContext.INTERNAL);
        core.pass(Duration.ofSeconds(5));
    }

    @AfterAll
    void end() {
        core.close();
    }

    /** Most methods must change nothing: one core is enough for all of them. */
    @BeforeEach
    void everybodyMayEverything() {
        rules.allowed = Set.of(Verb.values());
        rules.audit.clear();
    }

    private DeployRequest request() {
        return DeployRequest.of(core.graph("p", Hdag.of("g", "a")));
    }

    static Stream<Method> methods() {
        return DOORS.stream().flatMap(door -> Arrays.stream(door.getMethods()).filter(method -> !method.isSynthetic()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void whoMayNothingSeesNothingAndChangesNothing(Method method) throws Exception {
        rules.allowed = Set.of();
        String before = stored();
        Object outcome = outcome(method);
        if (outcome instanceof SmoException refused) {
            assertThat(refused.kind()).as("%s", refused).isEqualTo(SmoException.Kind.NOT_FOUND);
        } else if (outcome instanceof Optional<?> found) {
            assertThat(found).isEmpty();
        } else if (outcome instanceof Map<?, ?> counts) {
            assertThat(counts).isEmpty();
        } else {
            assertThat(outcome).isEqualTo(List.of());
        }
        assertThat(stored()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void whoMayReadIsToldThatTheyMayNotChange(Method method) throws Exception {
        rules.allowed = Set.of(Verb.READ);
        String before = stored();
        if (outcome(method) instanceof SmoException refused) {
            assertThat(refused.kind()).as("%s", refused).isEqualTo(SmoException.Kind.FORBIDDEN);
            assertThat(rules.audit).last().extracting(AuditRecord::outcome).isEqualTo("forbidden");
        } else {
            assertThat(rules.audit).as("it only reads").isEmpty();
        }
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void whatIsDoneIsToldWithWhoDidItAndWhere() {
        core.graphs().pause(G, true, ANNA);
        assertThat(rules.audit).singleElement().satisfies(entry -> {
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
        rules.hidden = Set.of("h", "j");
        try {
            assertThat(core.graphs().page(new GraphQuery("q", "", "", Optional.empty(), 2), ANNA))
                    .extracting(item -> item.id().name())
                    .containsExactly("i", "k");
            assertThat(core.graphs().names("q", ANNA)).containsExactly("i", "k");
        } finally {
            rules.hidden = Set.of();
        }
    }

    /** @return what is answered, or the refusal */
    private Object outcome(Method method) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> argument(method, type))
                .toArray();
        assertThat(arguments[arguments.length - 1])
                .as("%s is told who calls", method)
                .isEqualTo(ANNA);
        try {
            return method.invoke(door(method.getDeclaringClass()), arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof SmoException refused) {
                return refused;
            }
            throw thrown;
        }
    }

    private Object door(Class<?> type) {
        Engine.Doors doors = core.doors();
        return Stream.of(doors.graphs(), doors.operations(), doors.plans(), doors.clusters(), doors.alerts())
                .filter(type::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private Object argument(Method method, Class<?> type) {
        Map<Class<?>, Object> known = Map.ofEntries(
                Map.entry(DeployRequest.class, request()),
                Map.entry(CallContext.class, ANNA),
                Map.entry(GraphId.class, G),
                Map.entry(long.class, 1L),
                Map.entry(PlaceRequest.class, PlaceRequest.replace()),
                Map.entry(boolean.class, true),
                Map.entry(GraphQuery.class, new GraphQuery("p", "", "", Optional.empty(), 10)),
                Map.entry(Optional.class, Optional.empty()),
                Map.entry(int.class, 10),
                Map.entry(Duration.class, Duration.ZERO),
                Map.entry(ClusterId.class, C1),
                Map.entry(List.class, List.of()));
        if (type == String.class) {
            return method.getDeclaringClass() == OperationService.class ? operation() : "p";
        }
        return Optional.ofNullable(known.get(type)).orElseThrow(() -> new AssertionError("No example of " + type));
    }

    private String operation() {
        return core.stores
                .operations()
                .list(new OperationStore.Query(Optional.empty(), Optional.empty(), false, 1))
                .get(0)
                .id();
    }

    /** Everything that a change would change. */
    private String stored() {
        return core.stores.graphs().find(G).orElseThrow().desired() + "\n"
                + core.stores
                        .operations()
                        .list(new OperationStore.Query(Optional.empty(), Optional.empty(), false, 100))
                + "\n"
                + core.stores.clusters().list();
    }
}
