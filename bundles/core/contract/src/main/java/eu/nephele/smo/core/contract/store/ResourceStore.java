// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores resources of the kinds that bundles provide. Everything of a change is written in its transaction, see
 * {@link TransactionalWrites}, of which revision and observed state of a graph have no meaning here; where the change
 * is not made nothing of it is written.
 */
public interface ResourceStore {

    Optional<Resource> find(ResourceRef ref);

    /** In the order of project and name. */
    List<Resource> list(ResourceQuery query);

    /** Names of the resources of a kind behind one, in the same order. */
    List<ResourceRef> refs(String kind, Optional<ResourceRef> after, int limit);

    /**
     * Digest with which all resources of a kind were valid at the last check, as stored by
     * {@link #examined(String, String)}; empty: never.
     */
    Optional<String> examined(String kind);

    /**
     * Records that all resources of a kind are valid.
     *
     * @param digest of the schema and fields of the check, at most 64 characters
     */
    void examined(String kind, String digest);

    /** Stores by what resources are chosen from now on; of those that have another generation by now nothing. */
    void choose(List<Chosen> resources);

    /**
     * By what a resource is chosen.
     *
     * @param generation that it has to have
     * @param by texts: labels by their names, fields by their pointers
     */
    record Chosen(ResourceRef ref, long generation, Map<String, String> by) {

        public Chosen {
            by = Map.copyOf(by);
        }
    }

    /** Counts of resources of each kind in each phase. */
    Map<String, Map<ResourceStatus.Phase, Long>> count();

    /**
     * Stores a resource that is new.
     *
     * @param chosenBy texts by which queries choose it: labels by their names, fields by their pointers
     * @return false when one of that name is there
     */
    boolean insert(Resource resource, Map<String, String> chosenBy, TransactionalWrites transactionalWrites);

    /**
     * Stores what a resource shall be; what was seen of it stays.
     *
     * @param generation that it has to have until now
     * @return false when it has another, or is not there any more
     */
    boolean change(
            Resource resource, long generation, Map<String, String> chosenBy, TransactionalWrites transactionalWrites);

    /**
     * Stores what was seen of a resource.
     *
     * @param uid that it has to have
     * @return false when it is not there any more
     */
    boolean observe(ResourceRef ref, String uid, ResourceStatus status, TransactionalWrites transactionalWrites);

    /**
     * Removes a resource that is leaving.
     *
     * @param uid that it has to have
     * @return the phase that it was in; empty when it is not there any more
     */
    Optional<ResourceStatus.Phase> remove(ResourceRef ref, String uid, TransactionalWrites transactionalWrites);

    /**
     * Removes a resource whether it is leaving or not.
     *
     * @param generation that it has to have
     * @return the phase that it was in; empty when it has another generation, or is not there any more
     */
    Optional<ResourceStatus.Phase> forget(ResourceRef ref, long generation, TransactionalWrites transactionalWrites);
}
