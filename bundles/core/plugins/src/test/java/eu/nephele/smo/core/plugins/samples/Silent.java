// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.samples;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ForecastRequest;
import java.util.List;
import java.util.Optional;

/** A forecaster that forgets whom it was asked about. */
public class Silent implements DemandForecaster {
    @Override
    public List<Optional<DemandForecast>> forecast(ForecastRequest request, DecisionContext context) {
        return List.of();
    }
}
