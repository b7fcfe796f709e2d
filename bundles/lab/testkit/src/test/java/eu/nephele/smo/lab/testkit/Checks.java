// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Runs the checks of a contract as JUnit does, each on an instance of its own. */
final class Checks {

    private Checks() {}

    /** Names of all checks. */
    static Set<String> of(PortContract<?> contract) {
        return methods(contract.getClass()).keySet();
    }

    /** Names of failing checks. */
    static Set<String> failed(Supplier<PortContract<?>> contract) throws IllegalAccessException {
        Set<String> failed = new TreeSet<>();
        for (Map.Entry<String, Method> check :
                methods(contract.get().getClass()).entrySet()) {
            try {
                check.getValue().invoke(contract.get());
            } catch (InvocationTargetException thrown) {
                failed.add(check.getKey());
            }
        }
        return failed;
    }

    private static Map<String, Method> methods(Class<?> contract) {
        Map<String, Method> checks = new TreeMap<>();
        for (Class<?> type = contract; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class) && checks.putIfAbsent(method.getName(), method) == null) {
                    method.setAccessible(true);
                }
            }
        }
        return checks;
    }
}
