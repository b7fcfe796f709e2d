// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.shadow;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides recorded decisions again and compares. One at a time, in the background, on live decisions' leave. */
public interface ReplayService {

    /** @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID}; {@code CONFLICT} while another one runs */
    Replay begin(ReplayRequest question, CallContext call);

    /** Newest first; the latest twenty since the server started. */
    List<Replay> replays(CallContext call);

    Optional<Replay> find(String id, CallContext call);

    /** Ends one that runs; what it has decided so far stays to be seen. One that does not run is left as it is. */
    void cancel(String id, CallContext call);

    /**
     * @param from decisions from then on
     * @param until up to then, exclusive
     * @param graph of this graph only
     * @param kind {@code placement} or {@code scaling}; both when empty
     * @param strategy id of the strategy that decides instead; empty: the one that decided
     * @param version its version; empty: the one that decided, or the highest installed of {@code strategy}
     * @param parameters parameters for {@code strategy}; when empty, those of the decision where the same strategy
     *     decided, else its defaults
     * @param limit at most this many decisions, the newest
     */
    record ReplayRequest(
            Instant from,
            Instant until,
            Optional<GraphId> graph,
            Optional<String> kind,
            Optional<String> strategy,
            Optional<String> version,
            Optional<JsonObject> parameters,
            int limit) {}

    /**
     * @param state {@code running}, {@code done}, {@code failed}
     * @param decisions decisions in the range
     * @param replayed of these, those that were decided again
     * @param identical of these, those with the same answer and the same terms, bit for bit
     * @param skipped why others were not decided again, with how many each
     * @param differences the first hundred that differ
     * @param terms sums over what both could decide
     */
    record Replay(
            String id,
            ReplayRequest question,
            String state,
            String message,
            long decisions,
            long replayed,
            long identical,
            List<SkippedDecisions> skipped,
            List<ReplayDifference> differences,
            List<ShadowReport.ObjectiveSum> terms,
            Instant startedAt,
            Optional<Instant> finishedAt) {

        public Replay {
            skipped = List.copyOf(skipped);
            differences = List.copyOf(differences);
            terms = List.copyOf(terms);
        }

        /** The same, with other differences to show. */
        public Replay showing(List<ReplayDifference> shown) {
            return new Replay(
                    id,
                    question,
                    state,
                    message,
                    decisions,
                    replayed,
                    identical,
                    skipped,
                    shown,
                    terms,
                    startedAt,
                    finishedAt);
        }
    }

    record SkippedDecisions(String why, long count) {}

    /**
     * @param decision id of the recorded decision
     * @param graph project/name
     */
    record ReplayDifference(String decision, String graph, String recorded, String replayed) {}
}
