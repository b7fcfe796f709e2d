// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.engine.context.EngineStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Lets a test know of each call of the store of graphs: to count, to refuse, to hold it up. */
public final class WatchedGraphs {

    /** Hears of a call; what it throws is thrown to the caller. */
    @FunctionalInterface
    public interface Watch {
        void hear(String method) throws Exception;
    }

    private WatchedGraphs() {}

    /** The same memory; the watch hears of all that is asked of its graphs. */
    public static EngineStores in(EngineStores engineStores, Watch before) {
        return in(engineStores, before, method -> {});
    }

    /** The same, with another that hears of what was answered, before the caller does. */
    public static EngineStores in(EngineStores engineStores, Watch before, Watch after) {
        GraphStore store = (GraphStore) Proxy.newProxyInstance(
                GraphStore.class.getClassLoader(), new Class<?>[] {GraphStore.class}, (proxy, method, arguments) -> {
                    before.hear(method.getName());
                    try {
                        Object answer = method.invoke(engineStores.graphs(), arguments);
                        after.hear(method.getName());
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new EngineStores(
                store,
                engineStores.capacity(),
                engineStores.operations(),
                engineStores.revisions(),
                engineStores.plans(),
                engineStores.alerts(),
                engineStores.clusters(),
                engineStores.tombstones(),
                engineStores.instance());
    }
}
