// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.owner.Owner;
import eu.nephele.smo.core.contract.owner.Ownership;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The installed permissions and audit. Bundles of the core do not stop when the access bundle is exchanged; until it is
 * back, only the program itself may do anything.
 */
public final class InstalledAccess implements AccessControl, Permissions {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final ServiceTracker<Permissions, Permissions> permissions;
    private final ServiceTracker<AuditTrail, AuditTrail> audit;
    private final ServiceTracker<Tenure, Tenure> tenure;
    private final ServiceTracker<Ownership, Ownership> ownership;

    /** @param context of the bundle whose authorized services they are for */
    public InstalledAccess(BundleContext context) {
        this.permissions = new ServiceTracker<>(context, Permissions.class, null);
        this.audit = new ServiceTracker<>(context, AuditTrail.class, null);
        this.tenure = new ServiceTracker<>(context, Tenure.class, null);
        this.ownership = new ServiceTracker<>(context, Ownership.class, null);
        permissions.open();
        audit.open();
        tenure.open();
        ownership.open();
    }

    @Override
    public Permissions permissions() {
        return this;
    }

    @Override
    public AuditTrail audit() {
        return new InstalledTrail(() -> Optional.ofNullable(audit.getService()));
    }

    @Override
    public boolean allow(CallContext call, Verb verb, ResourceRef target) {
        return now().allow(call, verb, target);
    }

    @Override
    public Predicate<ResourceRef> allowed(CallContext call, Verb verb) {
        return now().allowed(call, verb);
    }

    @Override
    public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
        return now().allowIn(call, verb, kind, project);
    }

    @Override
    public Optional<String> requirement(CallContext call, Verb verb, ResourceRef target) {
        return now().requirement(call, verb, target);
    }

    @Override
    public Optional<String> standing(CallContext call) {
        return now().standing(call);
    }

    @Override
    public void requireTenure() {
        if (tenure.getService() == null) {
            Optional<Owner> owner = Optional.ofNullable(ownership.getService()).flatMap(Ownership::owner);
            throw SmoException.elsewhere(
                    owner.map(
                                    ("This server stands by and changes nothing; the owner of the database is %s."
                                                    + " Send changes there, or try again: this server takes over when that one is gone")
                                            ::formatted)
                            .orElse("The database is not open, or no server owns it; nothing was changed, try again"),
                    SOON,
                    owner.flatMap(Owner::address));
        }
    }

    private Permissions now() {
        return Optional.ofNullable(permissions.getService())
                .orElseThrow(() -> SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "Permissions cannot be checked: no Permissions service is available; try again."
                                + " /health/ready and the log say more",
                        Optional.of(SOON)));
    }

    @Override
    public void close() {
        permissions.close();
        audit.close();
        tenure.close();
        ownership.close();
    }
}
