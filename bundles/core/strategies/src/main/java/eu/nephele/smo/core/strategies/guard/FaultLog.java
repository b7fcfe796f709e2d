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

/** What went wrong on the way to one decision: recorded with it, counted, and logged. */
public final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final String COUNTER = "smo_strategy_faults_total";

    private final Measurements measurements;
    private final List<StrategyFault> faults = new ArrayList<>();

    public FaultLog(Measurements measurements) {
        this.measurements = measurements;
    }

    /** Something that is wished is not there. */
    public void missing(ServiceKind kind, String id, String message) {
        // the name comes from a user: as a label it would make as many time series as users have ideas
        measurements.count(COUNTER, Map.of("strategy", "not-installed", "what", "missing"));
        faults.add(new StrategyFault(id, "missing", message));
        // the registry has told when it left; this comes with every decision
        LOG.debug("{} {} is missing: {}", kind.word(), id, message);
    }

    public void failed(Offer offer, String what, String message) {
        failed(offer, new Attempt.Failed<>(what, message, Optional.empty()));
    }

    public void failed(Offer offer, Attempt.Failed<?> failure) {
        offer.countFault();
        measurements.count(COUNTER, Map.of("strategy", offer.description().id(), "what", failure.what()));
        faults.add(new StrategyFault(offer.who(), failure.what(), failure.message()));
        LOG.warn(
                "{}: {}: {}",
                offer,
                failure.what(),
                failure.message(),
                failure.cause().orElse(null));
    }

    public List<StrategyFault> faults() {
        return List.copyOf(faults);
    }
}
