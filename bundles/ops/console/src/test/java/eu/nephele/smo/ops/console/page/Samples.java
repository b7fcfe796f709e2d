// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyControl.TimedFault;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Things to show. */
final class Samples {

    static final Instant AT = Instant.parse("2026-11-20T10:15:30Z");

    private Samples() {}

    static Plugin plugin(String id, String version, Plugin.PluginState state, String why) {
        return new Plugin(
                id,
                version,
                new Plugin.PluginArtifact(id + ".jar", "abc123", Optional.of("CN=Acme")),
                state,
                why,
                false,
                Plugin.InstallSource.REST,
                List.of(new Plugin.AdmissionFinding("signature", Plugin.FindingVerdict.WARNED, "signed by a stranger")),
                Optional.empty(),
                List.of(new Plugin.OfferedService("placement", "acme.cheapest", version)),
                List.of("eu.nephele.smo.api.placement;[0.1,1)"),
                new Plugin.PluginTimes(AT, AT));
    }

    static StrategyStatus standing(State state, String why, TimedFault... faults) {
        return new StrategyStatus(
                new StrategyRef("placement", "acme.cheapest", "1.0.0"),
                "acme",
                "1.0.0",
                state,
                why,
                AT,
                12,
                11,
                faults.length,
                List.of(faults),
                Optional.of(AT),
                0);
    }

    static TimedFault fault(String message) {
        return new TimedFault(AT, new StrategyFault("acme.cheapest 1.0.0", "exception", message));
    }

    static ShadowReport report(String id) {
        Shadow shadow = new Shadow(
                id,
                "placement",
                StrategySelection.ofId("acme.cheapest"),
                Shadow.ShadowScope.ALL,
                RequestOrigin.INTERNAL,
                AT);
        return new ShadowReport(
                shadow,
                new ShadowReport.ComparisonCounts(20, 15, 1, 2, 3, 4),
                List.of(new ShadowReport.ObjectiveSum("carbon", "kg/h", 3.5, 2.25)),
                5,
                6,
                7,
                8,
                1.5,
                2.5,
                List.of(new ShadowReport.ComparedDecision(
                        AT, "p/g", false, "a→c1", Optional.of("a→c2"), Optional.empty())));
    }

    static Operation operation(String id, Operation.State state) {
        return new Operation(
                id,
                Operation.Kind.INSTALL_PLUGIN,
                ResourceRef.plugin("acme"),
                state,
                0,
                0,
                RequestOrigin.INTERNAL,
                Operation.Times.from(AT),
                List.of(),
                List.of(),
                Optional.empty(),
                "looked at");
    }
}
