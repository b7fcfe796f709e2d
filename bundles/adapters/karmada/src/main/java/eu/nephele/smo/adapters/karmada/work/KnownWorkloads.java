// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Maps objects to workloads. A chart's object does not name its graph until we have marked it; but a component
 * that is queried about workloads learns their names. The names that have not been queried for longest are removed.
 */
public final class KnownWorkloads {

    private static final int MOST = 20_000;

    private final Map<String, WorkloadRef> refs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WorkloadRef> eldest) {
            return size() > MOST;
        }
    };

    public synchronized void learn(Collection<WorkloadRef> workloads) {
        workloads.forEach(ref -> refs.put(ref.graph().project() + "/" + ref.service(), ref));
    }

    /**
     * @param key {@code namespace/name}
     * @param mark annotation of the object, "" for none
     */
    public synchronized Optional<WorkloadRef> find(String key, String mark) {
        return Optional.ofNullable(refs.get(key)).or(() -> parse(mark));
    }

    private static Optional<WorkloadRef> parse(String mark) {
        String[] parts = mark.split("/", -1);
        return parts.length == 3
                ? Optional.of(new WorkloadRef(new GraphId(parts[0], parts[1]), parts[2]))
                : Optional.empty();
    }
}
