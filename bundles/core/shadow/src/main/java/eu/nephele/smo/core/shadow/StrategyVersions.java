// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.ScalingTrial;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.shadow.Shadow;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Finds the version that a selection means, also one that is held back from live decisions. Searches again at each
 * call.
 */
record StrategyVersions(StrategyControl control) {

    Optional<StrategyRef> highest(String kind, StrategySelection selection) {
        Optional<VersionRange> range =
                selection.versionRange().map(String::strip).map(VersionRange::valueOf);
        return control.standings(CallContext.INTERNAL).stream()
                .filter(strategyStatus -> strategyStatus.state() != State.EJECTED)
                .map(StrategyStatus::ref)
                .filter(ref -> ref.kind().equals(kind)
                        && ref.id().equals(selection.id().orElse("")))
                .filter(ref ->
                        range.map(wanted -> wanted.includes(version(ref))).orElse(true))
                .max(Comparator.comparing(StrategyVersions::version));
    }

    private static Version version(StrategyRef ref) {
        return Version.parseVersion(ref.version());
    }

    static PlacementTrial noPlacementTrial(Shadow shadow) {
        return new PlacementTrial(Optional.empty(), missing(shadow), List.of(), Duration.ZERO);
    }

    static ScalingTrial noScalingTrial(Shadow shadow) {
        return new ScalingTrial(Optional.empty(), missing(shadow), Duration.ZERO);
    }

    private static List<StrategyFault> missing(Shadow shadow) {
        String id = shadow.selection().id().orElse("");
        return List.of(new StrategyFault(
                id,
                "missing",
                "%s%s is not installed now, or ejected"
                        .formatted(
                                id,
                                shadow.selection()
                                        .versionRange()
                                        .map(range -> " " + range)
                                        .orElse(""))));
    }

    static String faults(List<StrategyFault> faults) {
        return faults.isEmpty()
                ? "no answer"
                : faults.get(faults.size() - 1).what() + ": "
                        + faults.get(faults.size() - 1).message();
    }
}
