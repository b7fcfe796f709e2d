// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "SMO placement: failure domains",
        description = "What the objective failureDomains takes for a failure domain, and how available each is.")
@interface FailureDomainsConfig {

    @AttributeDefinition(
            name = "Labels",
            description =
                    "Labels of a cluster that name its failure domain; the first one that it has counts. A cluster with none of them is a domain of its own, with its name.")
    String[] labels() default {"topology.kubernetes.io/zone", "topology.kubernetes.io/region"};

    @AttributeDefinition(
            name = "Availabilities",
            description = "DOMAIN=AVAILABILITY: share of the time in which a domain works, 0 to 1.",
            required = false)
    String[] availabilities() default {};

    @AttributeDefinition(
            name = "Default availability",
            description = "Availability of every other domain.",
            min = "0",
            max = "1")
    double defaultAvailability() default 0.999;
}
