// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetRequest.WhatIf;
import eu.nephele.smo.core.contract.fleet.FleetService;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.placement.auto.AutoStrategy;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One plan of a small fleet behind the door. */
class FleetDoorsTest extends DoorContract {

    private StrategyModule strategies;
    private FleetPlans plans;
    private AuthorizedFleetService door;
    private String plan = "";

    @BeforeAll
    void make() {
        strategies = StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
        strategies
                .registry()
                .add(new AutoStrategy(), Map.of(PlacementStrategy.ID, "auto", PlacementStrategy.VERSION, "1.0.0"));
        plans = new FleetPlans(
                new FleetDependencies(
                        new GeneratedFleet(1, 3, 1, 2, 0.5),
                        strategies.trials(),
                        strategies.pricing(),
                        strategies.catalog()),
                FleetSettings.STANDARD,
                new ThreadScheduler("fleet", 1),
                Clock.systemUTC(),
                System::nanoTime);
        door = new AuthorizedFleetService(plans, rights);
        door.plan(FleetRequest.STANDARD, CallContext.INTERNAL);
        plan = plans.kept().get(0).plan().id();
    }

    @AfterAll
    void end() {
        door.close();
        plans.close();
        strategies.close();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(FleetService.class, door);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return Set.of("find", "list", "whatIf").contains(method.getName());
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        FleetRequest request = method.getName().equals("whatIf") ? moreDemand() : FleetRequest.STANDARD;
        Map<Class<?>, Object> known = Map.of(FleetRequest.class, request, String.class, plan);
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    private static FleetRequest moreDemand() {
        return new FleetRequest(
                Set.of(),
                Map.of(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(new WhatIf(Set.of(), 1.1, List.of())));
    }

    @Test
    void aQuestionKeepsNoPlanAndIsNotAboutThePresentWorld() {
        int before = plans.kept().size();
        assertThat(door.whatIf(moreDemand(), CallContext.INTERNAL).get("hypothetical"))
                .contains(new JsonBoolean(true));
        assertThat(plans.kept()).hasSize(before);
        assertThatThrownBy(() -> door.whatIf(FleetRequest.STANDARD, CallContext.INTERNAL))
                .hasMessageContaining("make a plan");
    }

    @Override
    protected Object stored() {
        return plans.kept().stream().map(kept -> kept.plan().id()).toList() + " "
                + plans.find(plan).map(KeptPlan::progress);
    }
}
