// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the journal. */
@ObjectClassDefinition(name = "SMO journal", description = "Decisions, explanations, retention.")
@interface JournalConfig {

    @AttributeDefinition(description = "Decisions older than this many days are removed.", min = "1")
    int retentionDays() default 30;

    @AttributeDefinition(description = "At most this many decisions are kept; the oldest go first.", min = "1")
    long retentionRecords() default 1_000_000;

    @AttributeDefinition(description = "Minutes between two removals of old decisions.", min = "1")
    int pruneMinutes() default 60;

    @AttributeDefinition(description = "Decisions that may wait for the database.", min = "1")
    int queueCapacity() default 10_000;

    @AttributeDefinition(description = "Decisions written in one transaction.", min = "1")
    int batchSize() default 500;
}
