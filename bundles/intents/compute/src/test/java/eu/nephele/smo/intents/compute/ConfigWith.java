// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.compute;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The default configuration with single properties changed. */
final class ConfigWith {

    private ConfigWith() {}

    static ComputeConfig nothing() {
        return properties(Map.of());
    }

    static ComputeConfig properties(Map<String, Object> changed) {
        return (ComputeConfig) Proxy.newProxyInstance(
                ComputeConfig.class.getClassLoader(),
                new Class<?>[] {ComputeConfig.class},
                (proxy, method, arguments) -> changed.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    static ComputeConfig property(String name, String... values) {
        return properties(Map.of(name, values));
    }
}
