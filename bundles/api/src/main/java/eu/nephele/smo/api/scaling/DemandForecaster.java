// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.DecisionContext;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Forecasts demand from its past. Publish an implementation as a service with the property {@link #ID}. It is asked in the background,
 * about every 15 minutes for each service, and not when replicas are decided: scaling strategies find its forecasts in their requests. A
 * pure function: no I/O, no clock, no state between calls, safe to call from several threads.
 */
@ConsumerType
public interface DemandForecaster {

    /** Service property (String, required): the id by which scaling strategies name it, for example {@code seasonal}. */
    String ID = "smo.forecaster.id";

    /**
     * @param request past demand; at least one service
     * @param context time, budget, seed; no parameters
     * @return one entry per service, in order; empty where nothing can be said, and for the rest of them when the time is up
     * @throws RuntimeException only for a defect; there are no forecasts then
     */
    List<Optional<DemandForecast>> forecast(ForecastRequest request, DecisionContext context);
}
