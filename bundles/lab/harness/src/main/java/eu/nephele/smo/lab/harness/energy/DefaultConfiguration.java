// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** Makes components with the defaults of their configuration, as an installation without any has them. */
final class DefaultConfiguration {

    private DefaultConfiguration() {}

    /** @param component with one public constructor, that takes its configuration or nothing */
    static <T> T component(Class<T> component) {
        try {
            Constructor<?> constructor = component.getConstructors()[0];
            return component.cast(
                    constructor.getParameterCount() == 0
                            ? constructor.newInstance()
                            : constructor.newInstance(defaults(constructor.getParameterTypes()[0])));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component + " cannot be created", e);
        }
    }

    private static Object defaults(Class<?> configuration) {
        InvocationHandler values = (proxy, method, arguments) -> method.getDefaultValue();
        return Proxy.newProxyInstance(configuration.getClassLoader(), new Class<?>[] {configuration}, values);
    }
}
