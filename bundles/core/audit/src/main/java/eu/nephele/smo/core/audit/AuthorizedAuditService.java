// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditPart;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditService;
import eu.nephele.smo.core.contract.store.AuditStore;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The audit behind an authorization check: it names resources of all projects, so the right to read it is one of the whole server. */
@Component(service = AuditService.class)
public final class AuthorizedAuditService implements AuditService {

    private static final ResourceRef AUDIT = ResourceRef.all("audit");

    private final AuditStore store;
    private final AuditExport export;
    private final DurableTrail trail;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public AuthorizedAuditService(
            BundleContext context, @Reference AuditStore store, @Reference AuditTrailComponent trail) {
        this(store, trail.trail(), new InstalledAccess(context));
    }

    AuthorizedAuditService(AuditStore store, DurableTrail trail, AccessControl access) {
        this.store = store;
        this.export = new AuditExport(store);
        this.trail = trail;
        this.access = access;
        this.authorizer = access.authorizer("The audit");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    @Override
    public List<AuditEntry> entries(AuditQuery query, int limit, CallContext call) {
        return authorizer.read(call, AUDIT, () -> store.entries(query, limit));
    }

    @Override
    public AuditPart part(long after, CallContext call) {
        return authorizer.read(call, AUDIT, () -> export.part(after));
    }

    @Override
    public AuditState state(CallContext call) {
        return authorizer.read(call, AUDIT, () -> {
            AuditHead head = store.head();
            List<AuditSeal> seals = store.seals(0);
            return new AuditState(
                    head,
                    seals.isEmpty() ? Optional.empty() : Optional.of(seals.get(seals.size() - 1)),
                    store.checkpoint(),
                    trail.waiting(),
                    trail.anchors());
        });
    }

    @Override
    public List<AuditKey> keys(CallContext call) {
        return authorizer.read(call, AUDIT, store::keys);
    }
}
