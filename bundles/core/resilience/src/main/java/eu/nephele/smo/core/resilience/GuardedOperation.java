// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.api.port.OnStandby;
import java.lang.reflect.Method;

/**
 * One method of one port.
 *
 * @param name for people and metrics, {@code WorkloadDeployer.state}
 * @param onStandby whether a server may call it that does not own its database
 */
record GuardedOperation(String name, PortRule rule, boolean onStandby) {

    static GuardedOperation of(Class<?> port, Method method) {
        return new GuardedOperation(
                port.getSimpleName() + "." + method.getName(),
                PortRule.from(method),
                method.isAnnotationPresent(OnStandby.class));
    }
}
