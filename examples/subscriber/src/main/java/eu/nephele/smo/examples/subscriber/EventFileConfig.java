// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.examples.subscriber;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the example. */
@ObjectClassDefinition(name = "SMO example: events into a file", description = "Writes a line for each event.")
@interface EventFileConfig {

    @AttributeDefinition(description = "The file, from the data directory; created when it is missing.")
    String file() default "log/example-events.txt";
}
