// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.backup;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.core.contract.backup.BackupService;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Backups; the service of the store is dynamic. */
@Component
public final class BackupSubsystem implements Subsystem {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable BackupService backups;

    private final Map<String, Object> served;

    @Activate
    public BackupSubsystem() {
        served = Map.of(
                "backup",
                new BackupEndpoint(
                        DynamicServiceProxy.create(BackupService.class, "backup", () -> Optional.ofNullable(backups))));
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }
}
