// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.quota;

import eu.nephele.smo.api.runtime.CallContext;
import java.util.List;
import java.util.Map;

/**
 * Quotas of projects. Who may read a project sees its quota; administrators of everything change it. Implemented by
 * {@code core/quota}. All methods throw {@link eu.nephele.smo.api.runtime.SmoException}: {@code UNAVAILABLE} while the
 * database is unavailable.
 */
public interface QuotaService {

    /** Of all projects that have a quota of their own or graphs, by name. */
    List<QuotaReport> list(CallContext call);

    /**
     * Of a project, which need not have anything.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND} for a project that the caller may not see
     */
    QuotaReport find(String project, CallContext call);

    /**
     * Gives a project a quota in the place of its former or of the usual one. What the project has beyond it stays; only
     * growth is refused.
     *
     * @param limits 0 or more; what is missing is not limited
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with pointers into the request ({@code /limits/cpu})
     */
    QuotaReport put(String project, Map<String, Long> limits, CallContext call);

    /**
     * The usual quota counts for a project again.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND} when it has none of its own
     */
    QuotaReport remove(String project, CallContext call);
}
