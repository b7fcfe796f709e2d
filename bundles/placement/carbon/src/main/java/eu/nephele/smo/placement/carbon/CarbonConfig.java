// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.carbon;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(name = "SMO placement: carbon", description = "How the objective carbon turns power into cost.")
@interface CarbonConfig {

    @AttributeDefinition(
            name = "Mode",
            description = "physical: kg CO2eq per hour. reference: the carbon signal is a relative cost of one core.",
            options = {
                @Option(label = "physical", value = "physical"),
                @Option(label = "reference", value = "reference")
            })
    String mode() default "physical";

    @AttributeDefinition(
            name = "Forecast horizon",
            description = "Minutes of forecast to average, counted from its first point; 0 uses the present value.",
            min = "0")
    int forecastHorizonMinutes() default 60;

    @AttributeDefinition(
            name = "Fallback power",
            description = "Watts of one busy core on clusters whose power is unknown.",
            min = "0")
    double fallbackWattsPerCore() default 5;
}
