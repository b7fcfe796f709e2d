// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.control;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.strategies.StrategyHost;
import java.lang.reflect.Method;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ControlDoorTest extends DoorContract {

    private static final StrategyRef S = new StrategyRef(StrategyRef.PLACEMENT, "s", "1.0.0");

    private final StrategyHost strategyHost = new StrategyHost();
    private final InstalledControl installedControl = new InstalledControl(strategyHost.strategies.registry(), rights);

    @BeforeAll
    void install() {
        strategyHost.placement("s", StrategyHost.allOn(0));
    }

    @AfterAll
    void end() {
        installedControl.close();
        strategyHost.close();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(StrategyControl.class, installedControl);
    }

    @Override
    protected boolean onlyReads(Method method) {
        return method.getName().equals("standings");
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        Map<Class<?>, Object> known = Map.of(StrategyRef.class, S, String.class, "by a test");
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    @Override
    protected Object stored() {
        return installedControl.standings(CallContext.INTERNAL);
    }
}
