// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the bus. */
@ObjectClassDefinition(name = "SMO events", description = "Publishes events and notifies subscribers.")
@interface EventsConfig {

    @AttributeDefinition(
            description = "Milliseconds after which the outbox is polled even without a notification.",
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

    @AttributeDefinition(description = "Events older than this many days are removed.", min = "1")
    int retentionDays() default 30;

    @AttributeDefinition(
            description =
                    "At most this many events are kept; the oldest go first. Those that deliveries or named subscribers wait for are kept up to ten times that number.",
            min = "1")
    long retentionEvents() default 100_000;

    @AttributeDefinition(description = "Minutes between two removals of old events.", min = "1")
    int pruneMinutes() default 10;
}
