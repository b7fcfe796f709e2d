// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.rightsizing.ConfirmedClasses;
import eu.nephele.smo.core.contract.rightsizing.RightsizingService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A graph behind the door; what is planned for it is counted. */
class RightsizingDoorsTest extends DoorContract {

    private static final GraphId GRAPH = new GraphId("p", "g");

    private final AtomicInteger planned = new AtomicInteger();
    private AuthorizedRightsizingService door;

    @BeforeAll
    void make() {
        GraphService graphs =
                answering(GraphService.class, method -> method.equals("find") ? Optional.of(view(1)) : List.of());
        PlanService plans = answering(PlanService.class, method -> planned.incrementAndGet());
        RightsizingDependencies dependencies = new RightsizingDependencies(
                graphs,
                plans,
                answering(DescriptorReader.class, method -> Optional.empty()),
                answering(IntentTranslator.class, method -> Optional.empty()),
                answering(StrategyCatalog.class, method -> List.of()),
                answering(ScalingDecider.class, method -> false));
        MetricsSource nothing = answering(MetricsSource.class, method -> Map.of());
        door = new AuthorizedRightsizingService(
                new Rightsizing(
                        dependencies,
                        () -> Optional.of(nothing),
                        new WorkloadPorts(type -> Optional.empty(), List::of),
                        RightsizingSettings.STANDARD,
                        Clock.systemUTC()),
                rights);
    }

    @AfterAll
    void end() {
        door.close();
    }

    private interface Answers {
        Object to(String method);
    }

    private static <T> T answering(Class<T> type, Answers answers) {
        InvocationHandler handler = (proxy, method, arguments) -> answers.to(method.getName());
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void aPlanOfADescriptorThatWasChangedMeanwhileIsNoPlan() {
        assertThatCode(() -> Rightsizing.refuseIfChanged(view(1), view(1))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Rightsizing.refuseIfChanged(view(1), view(2)))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(Kind.CONFLICT));
    }

    private static GraphView view(long generation) {
        Graph graph = new Graph(
                GRAPH,
                "",
                false,
                Map.of(),
                List.of(),
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                0,
                JsonObject.EMPTY);
        GraphItem item = new GraphItem(
                GRAPH,
                "",
                false,
                generation,
                DesiredState.RUNNING,
                GraphPhase.RUNNING,
                1,
                Optional.empty(),
                1,
                false,
                Optional.empty(),
                new Timestamps(Instant.EPOCH, Instant.EPOCH));
        return new GraphView(graph, item, List.of(), new Placement(Map.of()), List.of(), List.of(), List.of());
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(RightsizingService.class, door);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return method.getName().equals("propose");
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        Map<Class<?>, Object> known = Map.of(
                GraphId.class,
                GRAPH,
                Map.class,
                Map.of("web", new ConfirmedClasses(Optional.of("small"), Optional.empty())));
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    @Override
    protected Object stored() {
        return planned.get();
    }
}
