// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.GraphId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Past demand of the services of some graphs, to be forecast. Immutable; build one with {@link #of}. */
@ProviderType
public interface ForecastRequest {

    /** All services of each graph of which anything is known, in order of graph and service. */
    List<ServiceHistory> services();

    /** How far ahead demand is wanted, at least. */
    Duration horizon();

    static ForecastRequest of(List<ServiceHistory> services, Duration horizon) {
        record ForecastProblem(List<ServiceHistory> services, Duration horizon) implements ForecastRequest {}
        return new ForecastProblem(
                services.stream()
                        .sorted(Comparator.comparing(ServiceHistory::graph).thenComparing(ServiceHistory::service))
                        .toList(),
                horizon);
    }

    /**
     * What is known of the demand of one service, on all its clusters.
     *
     * @param graph the graph
     * @param service service id
     * @param recent up to 3 hours, one value per minute
     * @param seasons up to 14 days, the mean of every 15 minutes
     * @param callers ids of the services of the graph that call this one
     */
    record ServiceHistory(GraphId graph, String service, LoadSeries recent, LoadSeries seasons, List<String> callers) {

        public ServiceHistory {
            callers = List.copyOf(callers);
        }
    }
}
