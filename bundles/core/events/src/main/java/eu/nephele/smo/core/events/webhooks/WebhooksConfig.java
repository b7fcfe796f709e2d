// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the webhooks. */
@ObjectClassDefinition(name = "SMO webhooks", description = "Posts events to outside systems.")
@interface WebhooksConfig {

    @AttributeDefinition(description = "Deliveries under way at once, over all webhooks.", min = "2")
    int workers() default 8;

    @AttributeDefinition(description = "Deliveries under way at once to one webhook.", min = "1")
    int workersPerWebhook() default 2;

    @AttributeDefinition(description = "Milliseconds to connect.", min = "1")
    long connectTimeoutMillis() default 3000;

    @AttributeDefinition(description = "Milliseconds until the whole answer is there.", min = "1")
    long answerTimeoutMillis() default 10_000;

    @AttributeDefinition(description = "Milliseconds before the second attempt.", min = "1")
    long firstBackoffMillis() default 1000;

    @AttributeDefinition(description = "How much longer each next pause is.", min = "1")
    double backoffFactor() default 2;

    @AttributeDefinition(
            description =
                    "Longest pause between two attempts in milliseconds; also the longest that a receiver can ask for.",
            min = "1")
    long maxBackoffMillis() default 600_000;

    @AttributeDefinition(description = "A delivery that failed so often is given up.", min = "1")
    int maxAttempts() default 24;

    @AttributeDefinition(description = "A delivery that fails so many hours after its event is given up.", min = "1")
    long maxAgeHours() default 24;

    @AttributeDefinition(
            description =
                    "Hosts, addresses and networks (10.0.0.0/8) that may be posted to although they are loopback, link-local or otherwise refused.")
    String[] allowedTargets() default {};

    @AttributeDefinition(
            description =
                    "File with the key that secrets of webhooks are encrypted with in the database; relative to the data directory. "
                            + "It is made when it is missing. Servers with one database need the same file.")
    String keyFile() default "secrets/webhooks.key";

    @AttributeDefinition(description = "Deliveries that are done or dead are removed after this many days.", min = "1")
    int retentionDays() default 7;

    @AttributeDefinition(description = "Minutes between two removals of old deliveries.", min = "1")
    int pruneMinutes() default 10;
}
