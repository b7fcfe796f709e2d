// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "SMO placement: headroom",
        description = "How far the objective headroom expects services to grow.")
@interface HeadroomConfig {

    @AttributeDefinition(
            name = "Growth",
            description = "Largest number of replicas of a service, as a multiple of those that are to be placed.",
            min = "1")
    double growthFactor() default 3;
}
