// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.Standing;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.plugins.life.Neighbours;
import eu.nephele.smo.core.plugins.life.StartFailure;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;

/** Watches what a new version does in its first decisions. */
final class Proof {

    private static final int LOOK_MILLIS = 20;

    private final Neighbours neighbours;

    Proof(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    /**
     * Watches until the time is over or it has decided often enough.
     *
     * @return what came of it, for people
     * @throws StartFailure at its first fault
     */
    String watch(List<Bundle> bundles, PluginSettings settings) throws StartFailure {
        Optional<StrategyControl> control = neighbours.find(StrategyControl.class);
        if (control.isEmpty() || settings.prove().isZero()) {
            return "not watched: " + (control.isEmpty() ? "nobody counts faults here" : "switched off");
        }
        long end = System.nanoTime() + settings.prove().toNanos();
        long decisions = 0;
        while (System.nanoTime() < end && decisions < settings.proveDecisions()) {
            decisions = 0;
            for (Standing standing : control.get().standings(CallContext.INTERNAL)) {
                if (isOf(standing, bundles)) {
                    check(standing);
                    decisions += standing.decisions();
                }
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException ended) {
                // the interruption is answered by going back, which has to write files
                throw new StartFailure("the server ends");
            }
        }
        return "%d decisions without a fault".formatted(decisions);
    }

    private static void check(Standing standing) throws StartFailure {
        String who = "%s %s %s"
                .formatted(
                        standing.ref().kind(),
                        standing.ref().id(),
                        standing.ref().version());
        if (standing.state() == State.EJECTED) {
            throw new StartFailure("%s was ejected: %s".formatted(who, standing.why()));
        }
        if (standing.faults() > 0) {
            throw new StartFailure("%s failed in its first decisions: %s"
                    .formatted(
                            who,
                            standing.latest().stream()
                                    .findFirst()
                                    .map(fault -> fault.fault().what() + ", "
                                            + fault.fault().message())
                                    .orElse("no reason recorded")));
        }
    }

    private static boolean isOf(Standing standing, List<Bundle> bundles) {
        return bundles.stream()
                .anyMatch(bundle -> standing.bundle().equals(bundle.getSymbolicName())
                        && standing.bundleVersion().equals(bundle.getVersion().toString()));
    }
}
