// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A configuration with some values of its own and the defaults of all others. */
final class Configured {

    private Configured() {}

    static GrafanaConfig with(Map<String, Object> values) {
        Set<String> known = Arrays.stream(GrafanaConfig.class.getDeclaredMethods())
                .map(Method::getName)
                .collect(Collectors.toSet());
        if (!known.containsAll(values.keySet())) {
            throw new IllegalArgumentException("No such keys: " + values.keySet());
        }
        return (GrafanaConfig) Proxy.newProxyInstance(
                Configured.class.getClassLoader(),
                new Class<?>[] {GrafanaConfig.class},
                (proxy, method, arguments) -> values.containsKey(method.getName())
                        ? values.get(method.getName())
                        : Objects.requireNonNull(method.getDefaultValue(), method.getName()));
    }
}
