// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong on the way to one decision: recorded with it, counted, logged, and held against who did it. */
public final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final String COUNTER = "smo_strategy_faults_total";

    private final Optional<Referee> referee;
    private final Measurements measurements;
    private final List<StrategyFault> faults = new ArrayList<>();

    private FaultLog(Optional<Referee> referee, Measurements measurements) {
        this.referee = referee;
        this.measurements = measurements;
    }

    /** For a decision that counts. */
    public static FaultLog ofDecision(Referee referee, Measurements measurements) {
        return new FaultLog(Optional.of(referee), measurements);
    }

    /** For what is only compared or explained: faults are told to who asks, and to nobody else. */
    public static FaultLog ofTrial() {
        return new FaultLog(Optional.empty(), Measurements.NONE);
    }

    /** Something that is wished is not there. */
    public void missing(ServiceKind kind, String id, String message) {
        // the name comes from a user: as a label it would make as many time series as users have ideas
        measurements.count(COUNTER, Map.of("strategy", "not-installed", "what", "missing"));
        faults.add(new StrategyFault(id, "missing", message));
        // the registry has told when it left; this comes with every decision
        LOG.debug("{} {} is missing: {}", kind.word(), id, message);
    }

    /** One that would have decided is passed over, because it was ejected. */
    public void ejected(Offer offer) {
        faults.add(new StrategyFault(offer.who(), "ejected", "ejected: " + offer.why()));
    }

    public void failed(Offer offer, String what, String message) {
        failed(offer, new Attempt.Failed<>(what, message, Optional.empty()));
    }

    public void failed(Offer offer, Attempt.Failed<?> failure) {
        StrategyFault fault = new StrategyFault(offer.who(), failure.what(), ForeignText.shortened(failure.message()));
        faults.add(fault);
        if (referee.isPresent()) {
            measurements.count(COUNTER, Map.of("strategy", offer.description().id(), "what", fault.what()));
            log(offer, fault, failure.cause());
            referee.get().faulted(offer, fault);
        }
    }

    private static void log(Offer offer, StrategyFault fault, Optional<Throwable> cause) {
        try {
            LOG.warn("{}: {}: {}", offer, fault.what(), fault.message(), cause.orElse(null));
        } catch (RuntimeException | Error e) {
            // the logger asks what was thrown about itself, and that is foreign code
            LOG.warn("{}: {}: {}", offer, fault.what(), fault.message());
        }
    }

    /** The answer of this one is used, for so many graphs. */
    public void used(Offer offer, int graphs) {
        referee.ifPresent(present -> present.used(offer, graphs));
    }

    public List<StrategyFault> faults() {
        return List.copyOf(faults);
    }
}
