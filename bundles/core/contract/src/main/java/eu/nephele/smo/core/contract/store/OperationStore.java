// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps operations and the keys of the requests that made them. */
public interface OperationStore {

    /** Stores operations that belong to no change of a graph; one that is final in the store is left as it is. */
    void save(List<Operation> operations);

    /**
     * Stores a new operation that belongs to no change of a graph, with the key of its request.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code CONFLICT} when the key is taken; nothing is stored then
     */
    void accept(Operation operation, IdempotencyRecord key);

    Optional<Operation> find(String id);

    /** All that are not final, oldest first. */
    List<Operation> open();

    /** Newest first. */
    List<Operation> list(Query query);

    Optional<IdempotencyRecord> findKey(String key);

    /**
     * Removes the oldest final operations: those before the time, then those beyond the number; and keys before their time.
     *
     * @return how many operations went
     */
    long prune(Instant before, long maximum, Instant keysBefore);

    /** @param project "" for those of the whole server */
    record TargetKind(String name, String project) {}

    /**
     * @param target only those on this resource
     * @param kind only those on resources of this kind in its project
     * @param beforeId only those with a smaller id
     * @param openOnly only those that are not final
     * @param limit at most this many, 1 or more
     */
    record Query(
            Optional<ResourceRef> target,
            Optional<TargetKind> kind,
            Optional<String> beforeId,
            boolean openOnly,
            int limit) {

        public Query(Optional<ResourceRef> target, Optional<String> beforeId, boolean openOnly, int limit) {
            this(target, Optional.empty(), beforeId, openOnly, limit);
        }
    }
}
