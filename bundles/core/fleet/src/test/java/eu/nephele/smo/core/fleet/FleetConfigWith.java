// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations as the framework hands them over: the defaults, with some properties set. */
final class FleetConfigWith {

    private FleetConfigWith() {}

    static FleetConfig properties(Map<String, Object> properties) {
        return (FleetConfig) Proxy.newProxyInstance(
                FleetConfig.class.getClassLoader(),
                new Class<?>[] {FleetConfig.class},
                (proxy, method, arguments) -> properties.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
