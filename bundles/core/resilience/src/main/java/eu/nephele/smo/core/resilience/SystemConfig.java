// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the guard for one outside system; -1 is what holds for all. */
@ObjectClassDefinition(
        name = "SMO resilience of one system",
        description =
                "Limits of calls to one outside system. One configuration per system: PID~NAME. Where a value is -1, that of eu.nephele.smo.core.resilience holds.")
@interface SystemConfig {

    @AttributeDefinition(description = "Name of the system as metrics and problems show it; empty: the NAME behind ~.")
    String system() default "";

    @AttributeDefinition(description = "Attempts of a call that may be retried, the first one included.", min = "-1")
    int attempts() default -1;

    @AttributeDefinition(description = "Milliseconds before the second attempt.", min = "-1")
    int firstDelayMillis() default -1;

    @AttributeDefinition(description = "Longest milliseconds between two attempts.", min = "-1")
    int maxDelayMillis() default -1;

    @AttributeDefinition(
            description = "Share of a delay by which it is longer or shorter by chance.",
            min = "-1",
            max = "1")
    double jitter() default -1;

    @AttributeDefinition(
            description = "Milliseconds after the beginning of a call in which another attempt may begin.",
            min = "-1")
    int budgetMillis() default -1;

    @AttributeDefinition(description = "Milliseconds after which an attempt is interrupted.", min = "-1")
    int timeoutMillis() default -1;

    @AttributeDefinition(
            description = "So many failures among the last calls open the circuit. Set together with of.",
            min = "-1")
    int failures() default -1;

    @AttributeDefinition(description = "Number of last calls that are counted. Set together with failures.", min = "-1")
    int of() default -1;

    @AttributeDefinition(
            description = "Seconds that the circuit stays open before one call probes the system.",
            min = "-1")
    int openSeconds() default -1;

    @AttributeDefinition(description = "Calls that are in the system at once.", min = "-1")
    int maxConcurrent() default -1;

    @AttributeDefinition(description = "Milliseconds that a call waits while that many are in it.", min = "-1")
    int maxWaitMillis() default -1;

    @AttributeDefinition(description = "Seconds that the last good answer may stand in for a failed one.", min = "-1")
    int staleSeconds() default -1;
}
