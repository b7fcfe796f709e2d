// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.rightsizing.ConfirmedClasses;
import eu.nephele.smo.core.contract.rightsizing.RightsizingService;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Proposals behind an authorization check: who may see a graph sees them, who may update it may plan them. */
@Component(service = RightsizingService.class)
public final class AuthorizedRightsizingService implements RightsizingService {

    private final Rightsizing rightsizing;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public AuthorizedRightsizingService(BundleContext context, @Reference Rightsizing rightsizing) {
        this(rightsizing, new InstalledAccess(context));
    }

    /** For programs that embed the core. */
    public AuthorizedRightsizingService(Rightsizing rightsizing, AccessControl access) {
        this.rightsizing = rightsizing;
        this.access = access;
        this.authorizer = access.authorizer("The rightsizing service");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    @Override
    public JsonObject propose(GraphId graph, CallContext call) {
        return authorizer.read(call, ResourceRef.of(graph), () -> rightsizing.propose(graph, call));
    }

    @Override
    public Plan plan(GraphId graph, Map<String, ConfirmedClasses> confirmed, CallContext call) {
        return authorizer.change(
                call,
                Verb.UPDATE,
                ResourceRef.of(graph),
                "plan-rightsizing",
                () -> rightsizing.plan(graph, confirmed, call));
    }
}
