// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the guard for all outside systems. */
@ObjectClassDefinition(
        name = "SMO resilience",
        description = "Limits of calls to outside systems, for every system that has none of its own.")
@interface GuardConfig {

    @AttributeDefinition(
            description = "Attempts of a call that may be retried, the first one included; 1 retries nothing.",
            min = "1")
    int attempts() default 3;

    @AttributeDefinition(
            description = "Milliseconds before the second attempt; doubles with each further one.",
            min = "1")
    int firstDelayMillis() default 200;

    @AttributeDefinition(
            description =
                    "Longest milliseconds between two attempts. A system that asks for more is not called again by this call.",
            min = "1")
    int maxDelayMillis() default 2000;

    @AttributeDefinition(
            description = "Share of a delay by which it is longer or shorter by chance.",
            min = "0",
            max = "1")
    double jitter() default 0.3;

    @AttributeDefinition(
            description =
                    "Milliseconds after the beginning of a call in which another attempt may begin. With a budget below the time-outs of the adapters, a call that hangs is not retried.",
            min = "1")
    int budgetMillis() default 10_000;

    @AttributeDefinition(
            description =
                    "Milliseconds after which an attempt is interrupted: the second limit behind the time-outs of the adapter.",
            min = "1")
    int timeoutMillis() default 30_000;

    @AttributeDefinition(description = "So many failures among the last calls open the circuit of a system.", min = "1")
    int failures() default 5;

    @AttributeDefinition(description = "Number of last calls that are counted; at least failures.", min = "1")
    int of() default 10;

    @AttributeDefinition(
            description = "Seconds that the circuit stays open before one call probes the system.",
            min = "1")
    int openSeconds() default 10;

    @AttributeDefinition(description = "Calls that are in a system at once.", min = "1")
    int maxConcurrent() default 8;

    @AttributeDefinition(description = "Milliseconds that a call waits while that many are in the system.", min = "0")
    int maxWaitMillis() default 2000;

    @AttributeDefinition(
            description =
                    "Seconds that the last good answer may stand in for a failed one, where stale answers are allowed; 0 for never.",
            min = "0")
    int staleSeconds() default 300;
}
