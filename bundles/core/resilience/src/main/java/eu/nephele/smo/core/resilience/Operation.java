// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.lang.reflect.Method;

/**
 * One method of one port.
 *
 * @param name for people and metrics, {@code WorkloadDeployer.state}
 */
record Operation(String name, Rule rule) {

    static Operation of(Class<?> port, Method method) {
        return new Operation(port.getSimpleName() + "." + method.getName(), Rule.of(method));
    }
}
