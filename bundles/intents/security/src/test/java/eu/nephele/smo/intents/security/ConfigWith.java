// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.security;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The default configuration with single properties changed. */
final class ConfigWith {

    private ConfigWith() {}

    static SecurityZoneConfig nothing() {
        return properties(Map.of());
    }

    static SecurityZoneConfig properties(Map<String, Object> changed) {
        return (SecurityZoneConfig) Proxy.newProxyInstance(
                SecurityZoneConfig.class.getClassLoader(),
                new Class<?>[] {SecurityZoneConfig.class},
                (proxy, method, arguments) -> changed.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
