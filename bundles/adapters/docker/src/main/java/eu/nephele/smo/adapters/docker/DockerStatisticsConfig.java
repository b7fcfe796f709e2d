// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of what is read about containers of all servers. */
@ObjectClassDefinition(
        name = "SMO container statistics",
        description = "How often the use of processors and memory by containers is read from their engines.")
@interface DockerStatisticsConfig {

    @AttributeDefinition(
            description =
                    "Seconds between two readings of each container; more where there are so many containers that it would be more than 250 readings a second.",
            min = "1")
    int sampleSeconds() default 3;
}
