// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.database;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at the tables of a database and migrates them, in a program of its own. Found by {@link java.util.ServiceLoader}: whoever
 * administers a database knows none.
 */
public interface SchemaAdministrator {

    /**
     * Says what was migrated, what was not, and what is not as it was migrated. Changes nothing. A PostgreSQL may be used by a server
     * meanwhile, the embedded database may not.
     *
     * @throws IOException when there is no database, a server uses the embedded one, a restore into it has not ended, or it fails; the
     *     message says what to do
     */
    SchemaReport examine(DatabaseLocation database) throws IOException;

    /**
     * Brings the tables to the newest version that this program knows, as a server does when it starts. Nothing is done where they have it.
     *
     * @param progress hears what is done, for people
     * @throws IOException when a server uses the database, it is newer than this program, is not as it was migrated, or fails; the message
     *     says what to do. Nothing was changed, unless a migration itself has failed, which the message says
     */
    SchemaMigrated migrate(DatabaseLocation database, Consumer<String> progress) throws IOException;

    /**
     * The tables of a database.
     *
     * @param place the database without its parameters
     * @param product H2 or PostgreSQL
     * @param version number of the last migration that was done; 0 when there are no tables
     * @param newest number of the last migration that this program knows
     * @param migrations all that were done or are known, the oldest first
     * @param faults what is not as it was migrated, a sentence each; empty when all is
     */
    record SchemaReport(
            String place,
            String product,
            String version,
            String newest,
            List<SchemaStep> migrations,
            List<String> faults) {

        public SchemaReport {
            migrations = List.copyOf(migrations);
            faults = List.copyOf(faults);
        }

        /** Returns those that are still to be done. */
        public List<SchemaStep> pending() {
            return migrations.stream()
                    .filter(step -> step.state() == SchemaStepState.PENDING)
                    .toList();
        }

        /** Returns whether this program can work with these tables as they are. */
        public boolean isCurrent() {
            return faults.isEmpty() && pending().isEmpty();
        }
    }

    /** What is known of a migration. */
    enum SchemaStepState {
        DONE,
        PENDING,
        FAILED,
        /** Done, and unknown to this program. */
        UNKNOWN
    }

    /**
     * A migration.
     *
     * @param at when it was done; empty when it was not
     * @param took how long; zero when it was not done
     */
    record SchemaStep(String version, String description, SchemaStepState state, Optional<Instant> at, Duration took) {}

    /**
     * What was migrated.
     *
     * @param before the tables as they were
     * @param after the tables now
     */
    record SchemaMigrated(SchemaReport before, SchemaReport after) {}
}
