// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Configurations for tests: defaults, except for the given values. */
final class Settings {

    /** Small and quick: 3 attempts 1 ms apart, circuit open after 3 of 5 failures for a second. */
    static final Map<String, Object> QUICK = Map.ofEntries(
            Map.entry("firstDelayMillis", 1),
            Map.entry("maxDelayMillis", 5),
            Map.entry("jitter", 0.0),
            Map.entry("failures", 3),
            Map.entry("of", 5),
            Map.entry("openSeconds", 1),
            Map.entry("maxWaitMillis", 50));

    private Settings() {}

    static GuardLimits limits(Object... keysAndValues) {
        return new LimitsReader("pid").read(config(GuardConfig.class, with(QUICK, keysAndValues)));
    }

    static SystemLimits system(String name, Object... keysAndValues) {
        return new SystemLimits(
                config(SystemConfig.class, with(Map.of(), keysAndValues)),
                Map.of("service.pid", SystemLimits.PID + "~" + name));
    }

    static <A extends Annotation> A config(Class<A> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    static Map<String, Object> with(Map<String, Object> base, Object... keysAndValues) {
        Map<String, Object> all = new HashMap<>(base);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return all;
    }
}
