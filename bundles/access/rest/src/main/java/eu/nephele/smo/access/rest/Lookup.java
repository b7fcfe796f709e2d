// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.runtime.SmoException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a service that may be away: each call goes to the service that is there then.
 *
 * @param part what the service is, for people
 * @param now looks it up
 */
record Lookup<T>(String part, Supplier<Optional<T>> now) implements InvocationHandler {

    private static final Duration RETRY = Duration.ofSeconds(2);

    /** @param type interface of the service; its class loader sees all types of its methods, ours may not */
    static <T> T of(Class<T> type, String part, Supplier<Optional<T>> now) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Lookup<>(part, now)));
    }

    /** @throws SmoException of kind UNAVAILABLE when the service is away, or went away during the call */
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(this, arguments);
        }
        T service = now.get().orElseThrow(this::away);
        try {
            return method.invoke(service, arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            if (cause instanceof SmoException
                    || now.get().filter(current -> current == service).isPresent()) {
                throw cause;
            }
            SmoException away = away();
            away.initCause(cause);
            throw away;
        }
    }

    private SmoException away() {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                "The %s is not there at the moment; try again later. /health/ready and the log say more"
                        .formatted(part),
                Optional.of(RETRY));
    }
}
