// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.core.contract.quota.QuotaMember;
import java.util.Map;

/**
 * Keeps the quotas of projects. The other stores refuse what would exceed them, in the transaction of the change.
 * Methods throw {@link eu.nephele.smo.api.runtime.SmoException} when the database fails.
 */
public interface QuotaStore {

    /** The quotas that projects have of their own. */
    Map<String, Map<QuotaMember, Long>> all();

    /** What counts for a project: its own quota, or the usual one. What is missing is not limited. */
    Map<QuotaMember, Long> limits(String project);

    /** Gives a project a quota of its own. */
    void put(String project, Map<QuotaMember, Long> limits);

    /** @return false when it has none of its own */
    boolean remove(String project);

    /** Sets, for this server, what counts for projects without a quota of their own; at first nothing. */
    void usual(Map<QuotaMember, Long> limits);

    /**
     * What a project has of everything that the store counts, and of each resource that its placements take.
     */
    Map<QuotaMember, Long> used(String project);
}
