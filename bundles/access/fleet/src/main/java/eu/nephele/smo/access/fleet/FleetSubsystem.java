// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.fleet;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.core.contract.fleet.FleetService;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans of the fleet; the service of the core is dynamic. */
@Component
public final class FleetSubsystem implements Subsystem {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable FleetService fleet;

    private final Map<String, Object> served;

    @Activate
    public FleetSubsystem() {
        served = Map.of(
                "fleet",
                new FleetPlansEndpoint(DynamicServiceProxy.create(
                        FleetService.class, "fleet service", () -> Optional.ofNullable(fleet))));
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }
}
