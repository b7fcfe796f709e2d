// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO fleet", description = "Plans that place many graphs again together.")
@interface FleetConfig {

    @AttributeDefinition(description = "Placement strategy, unless a request names one.")
    String strategy() default "auto";

    @AttributeDefinition(
            description = "Services that a plan moves at most, unless a request says otherwise.",
            min = "0")
    int maxMoves() default 50;

    @AttributeDefinition(
            description = "Seconds for the search, unless a request says otherwise.",
            min = "1",
            max = "600")
    int budgetSeconds() default 15;

    @AttributeDefinition(
            description = "Services that a strategy gets at a time; larger fleets are solved in blocks.",
            min = "1")
    int blockServices() default 2_000;

    @AttributeDefinition(description = "Seconds for which a plan can be applied.", min = "1")
    int planValiditySeconds() default 900;

    @AttributeDefinition(description = "Plans that are kept; the oldest goes first.", min = "1", max = "1000")
    int keptPlans() default 20;

    @AttributeDefinition(description = "Steps of a plan that run at the same time.", min = "1", max = "1000")
    int stepsAtOnce() default 10;

    @AttributeDefinition(
            description =
                    "When a plan is made without anybody asking: minute, hour, day of the month, month, day of the week (cron), for example 30 3 * * MON-FRI. Empty: never.",
            required = false)
    String schedule() default "";

    @AttributeDefinition(
            description =
                    "Time zone of the schedule, for example Europe/Berlin. Where clocks are set, a time that is left out comes at that change, one that is shown twice comes once.")
    String scheduleTimeZone() default "UTC";

    @AttributeDefinition(description = "Services that a scheduled plan moves at most; 0: maxMoves.", min = "0")
    int scheduleMaxMoves() default 0;

    @AttributeDefinition(
            description = "Weights of objectives of scheduled plans, name=weight; empty: those of the configuration.",
            required = false)
    String[] scheduleObjectives() default {};

    @AttributeDefinition(description = "Whether a scheduled plan with steps is applied at once; else it is only shown.")
    boolean scheduleApplies() default false;
}
