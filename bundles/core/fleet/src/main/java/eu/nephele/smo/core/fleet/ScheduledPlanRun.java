// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.fleet.KeptPlan.PlanOrigin;
import java.util.Optional;

/** Makes a plan that nobody has asked for, applies it when it shall and has steps, and reports how it went. */
final class ScheduledPlanRun {

    private final FleetPlans plans;
    private final FleetScheduleSettings settings;
    private final ScheduledPlanReport report;

    ScheduledPlanRun(FleetPlans plans, FleetScheduleSettings settings, ScheduledPlanReport report) {
        this.plans = plans;
        this.settings = settings;
        this.report = report;
    }

    /** Whatever goes wrong is reported, not thrown: the next run comes all the same. */
    void run(Tenure tenure) {
        KeptPlan made;
        try {
            requireTime(tenure);
            made = plans.plan(settings.request(), PlanOrigin.SCHEDULED);
        } catch (RuntimeException failed) {
            report.failed(failed);
            return;
        }
        if (!settings.applies() || made.plan().steps().isEmpty()) {
            report.planned(made.plan());
            return;
        }
        try {
            // the search has taken a while
            requireTime(tenure);
            plans.apply(made.plan().id(), origin(made.plan()));
        } catch (RuntimeException refused) {
            report.refused(made.plan(), refused);
            return;
        }
        report.applied(made.plan());
    }

    /** Everything that the plan causes carries its id. */
    private static RequestOrigin origin(FleetPlan plan) {
        return new RequestOrigin(RequestOrigin.INTERNAL.principal(), plan.id(), Optional.empty());
    }

    /** A server whose lease is over has a tenure until it notices; it begins nothing. */
    private static void requireTime(Tenure tenure) {
        if (tenure.left().isZero()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "This server does not own the database any more, cannot renew its lease now, or stops the schedule",
                    Optional.empty());
        }
    }
}
