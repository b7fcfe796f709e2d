// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "SMO placement: consolidation",
        description = "Power that the objective consolidation assumes of clusters whose power is unknown.")
@interface ConsolidationConfig {

    @AttributeDefinition(
            name = "Idle power",
            description = "Watts that a cluster of unknown power draws as soon as it runs anything.",
            min = "0")
    double idleWatts() default 100;

    @AttributeDefinition(
            name = "Power of a core",
            description = "Watts that one busy core adds on a cluster of unknown power.",
            min = "0")
    double wattsPerCore() default 5;
}
