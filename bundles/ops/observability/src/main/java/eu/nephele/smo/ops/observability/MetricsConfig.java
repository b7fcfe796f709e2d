// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of metrics. */
@ObjectClassDefinition(
        name = "SMO ops: metrics",
        description = "Metrics of the server, counts at once without a restart.")
@interface MetricsConfig {

    @AttributeDefinition(
            description = "Whether calls and work are counted and timed. Without, metrics show only what is read when"
                    + " somebody asks for them: alerts by rates and durations are silent then.")
    boolean record() default true;
}
