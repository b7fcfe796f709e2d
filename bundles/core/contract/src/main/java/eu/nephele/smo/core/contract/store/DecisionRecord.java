// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One decision, as kept in the journal.
 *
 * @param id sortable by time, unique
 * @param generation generation of the graph that was decided on
 * @param reason reason of the decision, lower case ({@code deploy}, {@code replace}, {@code scaling_interval}, …)
 * @param outcome one word: {@code placed}, {@code infeasible}, {@code scaled}, {@code unchanged}, {@code kept}
 * @param fallback whether another strategy than the selected one decided
 * @param inputs digest of the stored snapshot of the inputs; empty for compact rows of unchanged answers
 * @param details everything else: effective values and their sources, objective terms, faults, answer, reasons
 */
public record DecisionRecord(
        String id,
        DecisionKind kind,
        GraphId graph,
        long generation,
        Instant at,
        String reason,
        Strategy strategy,
        String outcome,
        boolean fallback,
        Duration duration,
        Optional<Snapshot> inputs,
        JsonObject details) {

    public enum DecisionKind {
        PLACEMENT,
        SCALING
    }

    /**
     * A strategy as it was at the time.
     *
     * @param id its id; {@code none} or {@code keep} when no strategy decided
     */
    public record Strategy(String id, String version) {}

    /**
     * Inputs of a decision, stored once per content. Shared parts of many decisions, such as the clusters with their
     * labels and signals, are a snapshot of their own.
     *
     * @param digest hex SHA-256 of the canonical text, and of the digest of the shared part
     * @param content the inputs without the shared part
     * @param shared has none itself
     */
    public record Snapshot(String digest, JsonObject content, Optional<Snapshot> shared) {

        /** A snapshot without shared parts. */
        public Snapshot(String digest, JsonObject content) {
            this(digest, content, Optional.empty());
        }

        /** All inputs: the members of both. */
        public JsonObject whole() {
            if (shared.isEmpty()) {
                return content;
            }
            Map<String, JsonValue> members =
                    new LinkedHashMap<>(shared.get().content().members());
            members.putAll(content.members());
            return new JsonObject(members);
        }
    }
}
