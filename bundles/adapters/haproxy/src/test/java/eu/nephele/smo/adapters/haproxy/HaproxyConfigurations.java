// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations with their defaults. */
final class HaproxyConfigurations {

    private HaproxyConfigurations() {}

    /** These values by the names of the methods, and defaults for the rest. */
    static HaproxyConfig with(Map<String, ?> values) {
        return (HaproxyConfig) Proxy.newProxyInstance(
                HaproxyConfigurations.class.getClassLoader(),
                new Class<?>[] {HaproxyConfig.class},
                (proxy, method, arguments) -> {
                    Object value = values.get(method.getName());
                    return value == null ? method.getDefaultValue() : value;
                });
    }
}
