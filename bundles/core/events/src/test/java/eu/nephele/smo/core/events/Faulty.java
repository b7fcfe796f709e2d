// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.api.runtime.SmoException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Stores that can be unavailable for a while, or for ever: their users are then as dead as after a kill. */
public final class Faulty {

    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean away;

    /** Calls that failed because the database was unavailable. */
    public int refused() {
        return refused.get();
    }

    public void away(boolean nowAway) {
        this.away = nowAway;
    }

    public <T> T wrap(Class<T> type, T store) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (away) {
                refused.incrementAndGet();
                throw SmoException.of(
                        SmoException.Kind.UNAVAILABLE, "database", "The database is away", Optional.empty());
            }
            try {
                return method.invoke(store, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
