// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Adapters that were unregistered, as long as calls to them still run. The outcome of such a call says nothing of the
 * system: its adapter is being stopped meanwhile. Departed adapters are not retained here; the latest answers of
 * present adapters are kept for all their views.
 */
final class DepartedAdapters {

    private final IdentityHashMap<Object, Integer> present = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Map<Class<?>, StaleAnswerCache>> answers = new IdentityHashMap<>();
    private final List<WeakReference<Object>> gone = new CopyOnWriteArrayList<>();

    /** An adapter is offered, maybe not for the first time. */
    synchronized void came(Object adapter) {
        present.merge(adapter, 1, Integer::sum);
        gone.removeIf(one -> one.refersTo(adapter));
    }

    /** One offer of an adapter ends; with its last one it has left. */
    synchronized void left(Object adapter) {
        if (present.merge(adapter, -1, Integer::sum) <= 0) {
            present.remove(adapter);
            answers.remove(adapter);
            gone.removeIf(one -> one.refersTo(null));
            gone.add(new WeakReference<>(adapter));
        }
    }

    /**
     * Returns the latest answers of an adapter. An adapter without a service has those of this view only, because no departure
     * would be reported.
     */
    synchronized StaleAnswerCache lastAnswers(Class<?> port, Object adapter, Supplier<StaleAnswerCache> none) {
        return present.containsKey(adapter)
                ? answers.computeIfAbsent(adapter, any -> new HashMap<>()).computeIfAbsent(port, any -> none.get())
                : none.get();
    }

    boolean includes(Object adapter) {
        for (WeakReference<Object> one : gone) {
            if (one.refersTo(adapter)) {
                return true;
            }
        }
        return false;
    }
}
