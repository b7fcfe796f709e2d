// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetService;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.placement.auto.AutoStrategy;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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
        return Set.of("find", "list").contains(method.getName());
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        Map<Class<?>, Object> known = Map.of(FleetRequest.class, FleetRequest.STANDARD, String.class, plan);
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    @Override
    protected Object stored() {
        return plans.kept().stream().map(kept -> kept.plan().id()).toList() + " "
                + plans.find(plan).map(KeptPlan::progress);
    }
}
