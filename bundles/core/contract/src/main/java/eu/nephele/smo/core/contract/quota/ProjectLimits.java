// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.quota;

import java.util.OptionalLong;

/** What projects may have, for those who count something that is not in the store. */
public interface ProjectLimits {

    /**
     * Empty: as much as there is.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} while the database is unavailable
     */
    OptionalLong limit(String project, QuotaMember member);
}
