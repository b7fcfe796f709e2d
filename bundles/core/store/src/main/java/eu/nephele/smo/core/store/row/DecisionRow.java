// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.persistence.Column;
import javax.persistence.Convert;
import javax.persistence.Embedded;
import javax.persistence.Entity;
import javax.persistence.EnumType;
import javax.persistence.Enumerated;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** One decision. */
@Entity
@Table(name = "decision")
public class DecisionRow {

    @Id
    private String id = "";

    @Embedded
    private GraphKey graph = new GraphKey();

    @Enumerated(EnumType.STRING)
    private DecisionKind kind = DecisionKind.PLACEMENT;

    private long generation;

    @Convert(converter = InstantColumn.class)
    @Column(name = "decided_at")
    private Instant decidedAt = Instant.EPOCH;

    private String reason = "";

    @Column(name = "strategy_id")
    private String strategyId = "";

    @Column(name = "strategy_version")
    private String strategyVersion = "";

    private String outcome = "";

    private boolean fallback;

    @Column(name = "duration_nanos")
    private long durationNanos;

    private @Nullable String inputs;

    @Convert(converter = JsonColumn.class)
    @Column(name = "details")
    private JsonValue details = JsonObject.EMPTY;

    protected DecisionRow() {}

    public DecisionRow(DecisionRecord decision) {
        this.id = decision.id();
        this.graph = new GraphKey(decision.graph());
        this.kind = decision.kind();
        this.generation = decision.generation();
        this.decidedAt = decision.at();
        this.reason = decision.reason();
        this.strategyId = decision.strategy().id();
        this.strategyVersion = decision.strategy().version();
        this.outcome = decision.outcome();
        this.fallback = decision.fallback();
        this.durationNanos = decision.duration().toNanos();
        this.inputs = decision.inputs().map(Snapshot::digest).orElse(null);
        this.details = decision.details();
    }

    /** Digest of the stored inputs. */
    public Optional<String> inputs() {
        return Optional.ofNullable(inputs);
    }

    /** @param snapshot the stored inputs, when {@link #inputs()} names them */
    public DecisionRecord decision(Optional<Snapshot> snapshot) {
        return new DecisionRecord(
                id,
                kind,
                graph.id(),
                generation,
                decidedAt,
                reason,
                new DecisionRecord.Strategy(strategyId, strategyVersion),
                outcome,
                fallback,
                Duration.ofNanos(durationNanos),
                snapshot,
                JsonFieldReader.from(details).object());
    }
}
