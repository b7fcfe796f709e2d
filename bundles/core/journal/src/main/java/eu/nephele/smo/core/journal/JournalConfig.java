// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO journal", description = "Decisions, explanations, retention.")
@interface JournalConfig {

    @AttributeDefinition(description = "Decisions older than this many days are removed.", min = "1")
    int retentionDays() default 30;

    @AttributeDefinition(description = "At most this many decisions are kept; the oldest go first.", min = "1")
    long retentionRecords() default 1_000_000;

    @AttributeDefinition(description = "Operations that ended longer ago than this many days are removed.", min = "1")
    int operationDays() default 30;

    @AttributeDefinition(
            description = "At most this many operations that have ended are kept; the oldest go first.",
            min = "1")
    long operationRecords() default 100_000;

    @AttributeDefinition(description = "Hours for which a request is recognised by its Idempotency-Key.", min = "1")
    int keyHours() default 24;

    @AttributeDefinition(description = "Descriptors that each graph keeps; the oldest go first.", min = "1")
    int revisionsPerGraph() default 20;

    @AttributeDefinition(description = "Hours for which a plan is kept after it has expired.", min = "1")
    int planHours() default 24;

    @AttributeDefinition(description = "Minutes between two removals of what is old.", min = "1")
    int pruneMinutes() default 60;

    @AttributeDefinition(description = "Decisions that may wait for the database.", min = "1")
    int queueCapacity() default 10_000;

    @AttributeDefinition(description = "Decisions written in one transaction.", min = "1")
    int batchSize() default 500;

    @AttributeDefinition(
            description =
                    "Seconds after which a scaling decision is noted again that changes nothing and is the same as the"
                            + " one before; 0: each is noted.",
            min = "0")
    int unchangedScalingSeconds() default 300;

    @AttributeDefinition(description = "Decisions that one replay may go through.", min = "1")
    int replayDecisions() default 10_000;
}
