// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.energy;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "SMO intents: energy",
        description = "How much energyEfficiency and energy_preference count.")
@interface EnergyConfig {

    @AttributeDefinition(
            name = "Carbon weight",
            description = "Weight of the objective carbon, per kg CO2eq/h; a move costs 1.",
            min = "0")
    double carbonWeight() default 1000;

    @AttributeDefinition(
            name = "High renewable share",
            description = "Least share of renewable energy that is high, per cent.",
            min = "0",
            max = "100")
    int highRenewablePercent() default 50;

    @AttributeDefinition(
            name = "Preference weight",
            description = "What it costs to be on a cluster with a lower share; a move costs 1.",
            min = "0")
    double preferenceWeight() default 10;
}
