// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.core.contract.rightsizing.ConfirmedClasses;
import java.util.Map;
import java.util.Optional;

/**
 * What is proposed for a service.
 *
 * @param classes name of the class that it has now, as far as there is one
 * @param scaling how its replicas follow what it uses
 */
record ServiceAdvice(
        String service,
        Map<ComputeResource, ResourceAdvice> advices,
        Map<ComputeResource, String> classes,
        ScalingDriver scaling) {

    ServiceAdvice {
        advices = Map.copyOf(advices);
        classes = Map.copyOf(classes);
    }

    ResourceAdvice of(ComputeResource resource) {
        return Optional.ofNullable(advices.get(resource)).orElseThrow();
    }

    /** The proposal as a person would confirm it. */
    ConfirmedClasses proposed() {
        return new ConfirmedClasses(proposed(ComputeResource.CPU), proposed(ComputeResource.MEMORY));
    }

    private Optional<String> proposed(ComputeResource resource) {
        return of(resource).proposed().map(ResourceClass::name);
    }

    boolean isProposal() {
        return proposed().cpu().isPresent() || proposed().ram().isPresent();
    }
}
