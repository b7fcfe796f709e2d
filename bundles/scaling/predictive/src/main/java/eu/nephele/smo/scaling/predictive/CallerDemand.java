// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import java.util.List;

/**
 * Where the demand of a service comes from.
 *
 * @param shares what callers send on
 * @param elsewhere requests per second that do not come from them
 */
record CallerDemand(List<CallerShare> shares, double elsewhere) {

    static final CallerDemand UNKNOWN = new CallerDemand(List.of(), 0);
}
