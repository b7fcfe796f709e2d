// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.journal.Verdict.Skipped;
import java.util.List;
import java.util.Optional;

/** Tells a strategy that is not there from one that fails. */
final class Missing {

    private Missing() {}

    /** Why there was nothing to decide with; empty when there was. */
    static Optional<Verdict> skipped(StrategyRef strategy, List<StrategyFault> faults) {
        return faults.stream()
                .filter(fault -> fault.what().equals("missing") && fault.who().contains(strategy.id()))
                .findFirst()
                .map(fault -> new Skipped("%s strategy %s %s is not installed"
                        .formatted(strategy.kind(), strategy.id(), strategy.version())));
    }
}
