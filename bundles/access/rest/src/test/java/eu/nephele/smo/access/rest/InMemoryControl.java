// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Knows the strategy and objective of {@link InMemoryCore}, and one that the gate holds back. */
final class InMemoryControl implements StrategyControl {

    static final StrategyRef FIRST_FIT = new StrategyRef(StrategyRef.PLACEMENT, "first-fit", "0.1.0");
    static final StrategyRef HELD = new StrategyRef(StrategyRef.PLACEMENT, "example.cheapest", "2.0.0");
    static final StrategyRef MOVES = new StrategyRef("objective", "moves", "0.1.0");
    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");

    private final Map<String, StrategyStatus> standings = new ConcurrentSkipListMap<>();

    /** True if a thread of each strategy hangs. */
    volatile boolean abandoned;

    InMemoryControl() {
        put(standing(FIRST_FIT, State.USED, ""));
        put(standing(HELD, State.HELD, "it is examined"));
        put(standing(MOVES, State.USED, ""));
    }

    private static StrategyStatus standing(StrategyRef ref, State state, String why) {
        TimedFault fault = new TimedFault(THEN, new StrategyFault(ref.id() + " " + ref.version(), "timeout", "1 s"));
        return new StrategyStatus(
                ref, "org.example", "2.0.0", state, why, THEN, 7, 5, 1, List.of(fault), Optional.of(THEN), 0);
    }

    @Override
    public List<StrategyStatus> standings(CallContext call) {
        return List.copyOf(standings.values());
    }

    @Override
    public StrategyStatus eject(StrategyRef ref, String why, CallContext call) {
        known(ref);
        return put(standing(ref, State.EJECTED, why));
    }

    @Override
    public StrategyStatus letIn(StrategyRef ref, CallContext call) {
        known(ref);
        if (abandoned) {
            throw SmoException.conflict("A thread of %s is still abandoned".formatted(ref.id()));
        }
        return put(standing(ref, State.USED, ""));
    }

    private StrategyStatus put(StrategyStatus strategyStatus) {
        standings.put(strategyStatus.ref().toString(), strategyStatus);
        return strategyStatus;
    }

    private void known(StrategyRef ref) {
        if (!standings.containsKey(ref.toString())) {
            throw SmoException.notFound("There is no %s %s %s".formatted(ref.kind(), ref.id(), ref.version()));
        }
    }
}
