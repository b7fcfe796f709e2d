// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.core.contract.rightsizing.ConfirmedClasses;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is proposed for a service.
 *
 * @param classes name of the class that it has now, as far as there is one
 * @param asked what one replica asks for now
 * @param chart how its chart takes that
 * @param scaling how its replicas follow what it uses
 */
record ServiceAdvice(
        String service,
        Map<ComputeResource, ResourceAdvice> advices,
        Map<ComputeResource, String> classes,
        Map<ComputeResource, PresentRequest> asked,
        ChartRequests chart,
        ScalingDriver scaling) {

    ServiceAdvice {
        advices = Map.copyOf(advices);
        classes = Map.copyOf(classes);
        asked = Map.copyOf(asked);
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

    /** The amounts of the confirmed classes, in cores or bytes. */
    Map<ComputeResource, Double> amounts(ConfirmedClasses confirmed) {
        Map<ComputeResource, Double> amounts = new EnumMap<>(ComputeResource.class);
        confirmed
                .cpu()
                .flatMap(name -> amount(ComputeResource.CPU, name))
                .ifPresent(amount -> amounts.put(ComputeResource.CPU, amount));
        confirmed
                .ram()
                .flatMap(name -> amount(ComputeResource.MEMORY, name))
                .ifPresent(amount -> amounts.put(ComputeResource.MEMORY, amount));
        return amounts;
    }

    private Optional<Double> amount(ComputeResource resource, String name) {
        return of(resource).proposed().filter(to -> to.name().equals(name)).map(ResourceClass::amount);
    }

    boolean isProposal() {
        return proposed().cpu().isPresent() || proposed().ram().isPresent();
    }
}
