// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.audit;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.core.contract.audit.AuditService;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit; the service of the core is dynamic. */
@Component
public final class AuditSubsystem implements Subsystem {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable AuditService audit;

    private final Map<String, Object> served;

    @Activate
    public AuditSubsystem() {
        served = Map.of(
                "audit",
                new AuditEndpoint(
                        DynamicServiceProxy.create(AuditService.class, "audit", () -> Optional.ofNullable(audit))));
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }
}
