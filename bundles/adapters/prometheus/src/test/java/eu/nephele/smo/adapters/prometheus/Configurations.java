// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations with their defaults. */
final class Configurations {

    private Configurations() {}

    /** A configuration with these values and defaults for the rest; a key with ! takes precedence over one without. */
    static PrometheusConfig of(Map<String, ?> values) {
        return (PrometheusConfig) Proxy.newProxyInstance(
                Configurations.class.getClassLoader(),
                new Class<?>[] {PrometheusConfig.class},
                (proxy, method, arguments) -> {
                    String key = method.getName();
                    Object set = values.containsKey(key + "!") ? values.get(key + "!") : values.get(key);
                    return set == null ? method.getDefaultValue() : set;
                });
    }
}
