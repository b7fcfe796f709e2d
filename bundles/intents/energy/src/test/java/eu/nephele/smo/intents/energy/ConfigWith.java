// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.energy;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The default configuration with single properties changed. */
final class ConfigWith {

    private ConfigWith() {}

    static EnergyConfig nothing() {
        return properties(Map.of());
    }

    static EnergyConfig properties(Map<String, Object> changed) {
        return (EnergyConfig) Proxy.newProxyInstance(
                EnergyConfig.class.getClassLoader(),
                new Class<?>[] {EnergyConfig.class},
                (proxy, method, arguments) -> changed.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
