// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The default configuration with single properties changed. */
final class ConfigWith {

    private ConfigWith() {}

    static LatencyConfig nothing() {
        return properties(Map.of());
    }

    static LatencyConfig properties(Map<String, Object> changed) {
        return (LatencyConfig) Proxy.newProxyInstance(
                LatencyConfig.class.getClassLoader(),
                new Class<?>[] {LatencyConfig.class},
                (proxy, method, arguments) -> changed.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
