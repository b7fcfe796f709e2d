// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.plugins.life.OptionalServices;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;

/** Watches what a new version does in its first decisions. */
final class CanaryMonitor {

    private static final int LOOK_MILLIS = 20;

    private final OptionalServices optionalServices;

    CanaryMonitor(OptionalServices optionalServices) {
        this.optionalServices = optionalServices;
    }

    /**
     * Watches until the time is over or it has decided often enough.
     *
     * @throws PluginStartException at its first fault
     */
    String watch(List<Bundle> bundles, PluginSettings settings) throws PluginStartException {
        Optional<StrategyControl> control = optionalServices.find(StrategyControl.class);
        if (control.isEmpty() || settings.prove().isZero()) {
            return "not watched: " + (control.isEmpty() ? "no strategy control is available" : "switched off");
        }
        long end = System.nanoTime() + settings.prove().toNanos();
        long decisions = 0;
        while (System.nanoTime() < end && decisions < settings.proveDecisions()) {
            decisions = 0;
            for (StrategyStatus strategyStatus : control.get().standings(CallContext.INTERNAL)) {
                if (isOf(strategyStatus, bundles)) {
                    check(strategyStatus);
                    decisions += strategyStatus.decisions();
                }
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException ended) {
                // the interruption is answered by going back, which has to write files
                throw new PluginStartException("the server is shutting down");
            }
        }
        return "%d decisions without a fault".formatted(decisions);
    }

    private static void check(StrategyStatus strategyStatus) throws PluginStartException {
        String who = "%s %s %s"
                .formatted(
                        strategyStatus.ref().kind(),
                        strategyStatus.ref().id(),
                        strategyStatus.ref().version());
        if (strategyStatus.state() == State.EJECTED) {
            throw new PluginStartException("%s was ejected: %s".formatted(who, strategyStatus.why()));
        }
        if (strategyStatus.faults() > 0) {
            throw new PluginStartException("%s failed in its first decisions: %s"
                    .formatted(
                            who,
                            strategyStatus.latest().stream()
                                    .findFirst()
                                    .map(fault -> fault.fault().what() + ", "
                                            + fault.fault().message())
                                    .orElse("no reason recorded")));
        }
    }

    private static boolean isOf(StrategyStatus strategyStatus, List<Bundle> bundles) {
        return bundles.stream()
                .anyMatch(bundle -> strategyStatus.bundle().equals(bundle.getSymbolicName())
                        && strategyStatus
                                .bundleVersion()
                                .equals(bundle.getVersion().toString()));
    }
}
