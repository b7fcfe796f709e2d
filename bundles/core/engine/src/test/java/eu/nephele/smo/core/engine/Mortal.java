// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.core.engine.context.EngineStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Stands before stores and adapters, and has the process die at a chosen call that changes something. */
final class Mortal {

    /** The process is dead: this is never caught. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death(String where) {
            super("died " + where);
        }
    }

    private static final Set<String> LOOKS = Set.of(
            "find", "list", "findByName", "state", "owned", "observe", "open", "findKey", "reserved", "reservedBy");

    private int callsToLive = Integer.MAX_VALUE;
    private boolean dead;
    private int calls;

    /** The process dies when this call, counted from 1, has had its effect outside and before it is known here. */
    void dieAt(int call) {
        callsToLive = call;
        calls = 0;
        dead = false;
    }

    void live() {
        dieAt(Integer.MAX_VALUE);
    }

    boolean died() {
        return dead;
    }

    EngineStores before(EngineStores engineStores) {
        return new EngineStores(
                before(eu.nephele.smo.core.contract.store.GraphStore.class, engineStores.graphs()),
                engineStores.capacity(),
                before(eu.nephele.smo.core.contract.store.OperationStore.class, engineStores.operations()),
                engineStores.revisions(),
                engineStores.plans(),
                engineStores.alerts(),
                engineStores.clusters(),
                engineStores.tombstones(),
                engineStores.instance());
    }

    <T> T before(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            boolean look = LOOKS.contains(method.getName())
                    && !(type.getSimpleName().equals("GraphStore")
                            && method.getName().equals("observe"));
            if (dead) {
                throw new Death("before");
            }
            boolean last = !look && ++calls == callsToLive;
            try {
                Object answer = method.invoke(real, args);
                if (last) {
                    dead = true;
                    throw new Death("after " + method.getName());
                }
                return answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
