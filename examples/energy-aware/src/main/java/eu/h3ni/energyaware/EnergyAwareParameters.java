// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import eu.nephele.smo.api.model.Parameter;

// docs: parameters
/**
 * Parameters of the strategy {@code h3ni.energy-aware}.
 *
 * @param carbonWeight cost of a gram of CO2eq per hour
 * @param renewableWeight cost of a watt that is not renewable, in addition to its carbon
 * @param objectivesWeight factor of the objectives of the graph, for example its moves
 * @param horizonMinutes span of the forecast of the carbon intensity
 * @param fallbackWattsPerCore power of a busy core where it is unknown
 */
public record EnergyAwareParameters(
        @Parameter(description = "cost of a gram CO2eq per hour", defaultValue = "1", min = 0) double carbonWeight,
        @Parameter(description = "cost of a watt that is not renewable", defaultValue = "0.1", min = 0)
                double renewableWeight,
        @Parameter(description = "factor of the costs of the graph's objectives", defaultValue = "1", min = 0)
                double objectivesWeight,
        @Parameter(
                        description = "minutes of forecast to average; 0 takes the present value",
                        defaultValue = "60",
                        min = 0,
                        max = 10_080)
                int horizonMinutes,
        @Parameter(description = "watts of a busy core where they are unknown", defaultValue = "5", min = 0)
                double fallbackWattsPerCore) {}
// docs: end
