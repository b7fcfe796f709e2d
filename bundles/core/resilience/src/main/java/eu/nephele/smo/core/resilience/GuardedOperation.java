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
record Operation(String name, Rule rule, boolean onStandby) {

    static Operation of(Class<?> port, Method method) {
        return new Operation(
                port.getSimpleName() + "." + method.getName(),
                Rule.of(method),
                method.isAnnotationPresent(OnStandby.class));
    }
}
