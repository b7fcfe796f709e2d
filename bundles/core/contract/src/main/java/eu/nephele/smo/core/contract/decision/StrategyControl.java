// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.runtime.CallContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records of strategies, objectives and intent handlers, and their ejection. */
public interface StrategyControl {

    /** Everything that the registry knows, ejected and held back ones included, by kind, id, version. */
    List<StrategyStatus> standings(CallContext call);

    /**
     * Takes one out of use without removing its bundle: no call is begun any more, those in flight are interrupted.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND}
     */
    StrategyStatus eject(StrategyRef ref, String why, CallContext call);

    /**
     * Lets one that was ejected decide again, with a clean slate.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code NOT_FOUND}; {@code CONFLICT} while a thread of it is still
     *     abandoned
     */
    StrategyStatus letIn(StrategyRef ref, CallContext call);

    /**
     * @param ref kind ({@code placement}, {@code scaling}, {@code objective}, {@code intent}), id, version
     * @param why the reason why it is not used, for people; "" when it is
     * @param calls calls since it was registered
     * @param decisions its answers that were used
     * @param faults faults since it was registered or reinstated
     * @param latest latest faults, newest first, at most ten
     * @param abandonedThreads threads that ignore their interruption inside its code
     */
    record StrategyStatus(
            StrategyRef ref,
            String bundle,
            String bundleVersion,
            State state,
            String why,
            Instant since,
            long calls,
            long decisions,
            long faults,
            List<TimedFault> latest,
            Optional<Instant> lastDecisionAt,
            int abandonedThreads) {

        public StrategyStatus {
            latest = List.copyOf(latest);
        }
    }

    /** Checks whether a strategy is used. */
    enum State {
        USED,
        /** behind the {@link eu.nephele.smo.core.contract.plugin.ServiceGate} */
        HELD,
        EJECTED
    }

    record TimedFault(Instant at, StrategyFault fault) {}
}
