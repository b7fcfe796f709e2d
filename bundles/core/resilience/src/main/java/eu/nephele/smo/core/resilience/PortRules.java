// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

record PortRules(Class<?> port, Map<Method, GuardedOperation> operations) {

    PortRules {
        operations = Map.copyOf(operations);
    }

    /** @throws IllegalArgumentException its annotations contradict each other, or what it is */
    static PortRules of(Class<?> port) {
        return new PortRules(
                port,
                Arrays.stream(port.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .collect(Collectors.toMap(Function.identity(), method -> GuardedOperation.of(port, method))));
    }

    GuardedOperation operation(Method method) {
        return Objects.requireNonNull(operations.get(method), "a view has the methods of its interface");
    }
}
