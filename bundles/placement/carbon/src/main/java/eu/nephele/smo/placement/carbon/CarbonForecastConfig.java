// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.carbon;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "SMO placement: carbon forecast",
        description = "How far the objective carbonForecast looks ahead, and what it assumes.")
@interface CarbonForecastConfig {

    @AttributeDefinition(
            name = "Horizon",
            description =
                    "Hours that a service is expected to run from now on. The last value of a shorter forecast counts until then.",
            min = "1")
    int horizonHours() default 24;

    @AttributeDefinition(
            name = "Fallback power",
            description = "Watts of one busy core on clusters whose power is unknown.",
            min = "0")
    double fallbackWattsPerCore() default 5;
}
