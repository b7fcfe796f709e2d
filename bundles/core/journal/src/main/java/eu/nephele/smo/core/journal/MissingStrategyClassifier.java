// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.journal.ReplayResult.NotReplayed;
import java.util.List;
import java.util.Optional;

/** Distinguishes a strategy that is not installed, or must not be called, from one that fails. */
final class MissingStrategyClassifier {

    private MissingStrategyClassifier() {}

    /** Why there was nothing to decide with; empty when there was. */
    static Optional<ReplayResult> skipped(StrategyRef strategy, List<StrategyFault> faults) {
        return faults.stream()
                .filter(fault -> fault.who().contains(strategy.id()))
                .flatMap(fault -> reason(fault).stream())
                .findFirst()
                .map(reason -> new NotReplayed(
                        "%s strategy %s %s %s".formatted(strategy.kind(), strategy.id(), strategy.version(), reason)));
    }

    /** Why the strategy had not the one that it builds on; empty when it had. */
    static Optional<ReplayResult> withoutBase(List<StrategyFault> faults) {
        return faults.stream()
                .flatMap(fault -> reason(fault).stream()
                        .map(reason -> "the strategy %s, on which it builds, %s".formatted(fault.who(), reason)))
                .findFirst()
                .map(NotReplayed::new);
    }

    private static Optional<String> reason(StrategyFault fault) {
        return switch (fault.what()) {
            case "missing" -> Optional.of("is not installed");
            case "ejected" -> Optional.of("is not asked: " + fault.message());
            default -> Optional.empty();
        };
    }
}
