// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the bus. */
@ObjectClassDefinition(name = "SMO events", description = "Publishes what happened and tells subscribers.")
@interface EventsConfig {

    @AttributeDefinition(
            description =
                    "Milliseconds after which the outbox is looked at even if nobody said that something is there.",
            min = "10")
    long pollMillis() default 500;

    @AttributeDefinition(description = "Events published in one transaction.", min = "1")
    int batchSize() default 200;

    @AttributeDefinition(
            description = "Events that wait for a live subscriber; when there are more, the oldest are dropped.",
            min = "1")
    int subscriberQueue() default 1000;

    @AttributeDefinition(
            description = "Milliseconds that a subscriber may need to end its last call when it goes.",
            min = "0")
    long leaveMillis() default 2000;
}
