// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;

/** Creates components as the component runtime does, with the defaults of their configuration, in a program without OSGi. */
public final class ComponentFactory {

    private ComponentFactory() {}

    /**
     * Calls the only public constructor.
     *
     * @param overrides values of configuration properties that replace the defaults
     * @throws IllegalStateException if the component has another shape, or rejects the configuration
     */
    public static <T> T create(Class<T> type, Map<String, ?> overrides) {
        Constructor<?>[] constructors = type.getConstructors();
        if (constructors.length != 1) {
            throw new IllegalStateException(
                    "%s has %d public constructors, expected one".formatted(type.getName(), constructors.length));
        }
        Object[] configurations = Arrays.stream(constructors[0].getParameterTypes())
                .map(configuration -> configuration(configuration, overrides))
                .toArray();
        try {
            return type.cast(constructors[0].newInstance(configurations));
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("%s cannot be created".formatted(type.getName()), broken);
        }
    }

    private static Object configuration(Class<?> type, Map<String, ?> overrides) {
        if (!type.isAnnotation()) {
            throw new IllegalStateException("%s is not a configuration".formatted(type.getName()));
        }
        InvocationHandler values = (proxy, property, arguments) -> overrides.containsKey(property.getName())
                ? overrides.get(property.getName())
                : property.getDefaultValue();
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, values);
    }
}
