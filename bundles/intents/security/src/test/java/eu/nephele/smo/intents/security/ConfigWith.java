// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.security;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The default configuration with single properties changed. */
final class ConfigWith {

    private ConfigWith() {}

    static SecurityConfig nothing() {
        return properties(Map.of());
    }

    static SecurityConfig properties(Map<String, Object> changed) {
        return (SecurityConfig) Proxy.newProxyInstance(
                SecurityConfig.class.getClassLoader(),
                new Class<?>[] {SecurityConfig.class},
                (proxy, method, arguments) -> changed.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
