// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Occupancy;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands in each door of the engine. Who has taken the service before it went may still call it: an engine that has ended must not
 * store anything that its successor, which has already read what is stored, does not know of.
 *
 * @param calls those inside
 */
record Doorway(Occupancy calls) {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** The same service, which answers with {@code UNAVAILABLE} once the engine has ended. */
    <T> T before(Class<T> type, T door) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Guarded(door)));
    }

    private final class Guarded implements InvocationHandler {

        private final Object door;

        Guarded(Object door) {
            this.door = door;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (arguments != null && method.getName().equals("equals")) {
                return proxy == arguments[0];
            }
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(door, arguments);
            }
            if (!calls.enter()) {
                throw SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "The engine has ended, or is being exchanged; nothing was changed",
                        Optional.of(SOON));
            }
            try {
                return method.invoke(door, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            } finally {
                calls.leave();
            }
        }
    }
}
