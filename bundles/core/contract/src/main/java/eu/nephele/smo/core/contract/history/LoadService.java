// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.history;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import java.time.Duration;
import java.util.List;

/** Tells the load of services over time, as the metrics source has it. */
public interface LoadService {

    /**
     * Requests per second of a service.
     *
     * @param step distance of two points, a second or more
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND} for a graph or service that is not there, or that the caller
     *     may not see
     */
    LoadLine load(GraphId graph, String service, HistorySpan span, Duration step, CallContext call);

    /**
     * @param points oldest first
     * @param missing why there are none; "" when there are, or nothing was measured
     */
    record LoadLine(List<LoadPoint> points, String missing) {

        public LoadLine {
            points = List.copyOf(points);
        }

        /** Nothing is known. */
        public static LoadLine missing(String why) {
            return new LoadLine(List.of(), why);
        }
    }
}
