// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO fleet", description = "Plans that place many graphs again together.")
@interface FleetConfig {

    @AttributeDefinition(description = "Placement strategy, unless a request names one.")
    String strategy() default "anytime";

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
}
