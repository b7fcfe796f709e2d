// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "SMO placement: egress",
        description = "Prices of traffic that leaves clusters and providers, for the objective egress.")
@interface EgressConfig {

    @AttributeDefinition(
            name = "Prices",
            description =
                    "Currency units per GB (10^9 bytes): FROM=PRICE for what leaves a cluster or a provider, FROM>TO=PRICE between two of them, *=PRICE for everything else. Without the last, traffic that no entry names counts as the dearest entry.",
            required = false)
    String[] pricesPerGb() default {};

    @AttributeDefinition(
            name = "Provider label",
            description =
                    "Label of a cluster that names its provider. Traffic within a provider is free unless an entry names it.")
    String providerLabel() default "smo.nephele.eu/provider";
}
