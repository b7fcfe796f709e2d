// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetService;
import eu.nephele.smo.core.fleet.KeptPlan.PlanOrigin;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Plans of the fleet behind an authorization check: they name and move graphs of all projects, so the right for all is needed. */
@Component(service = FleetService.class)
public final class AuthorizedFleetService implements FleetService {

    private static final ResourceRef ALL = ResourceRef.all(ResourceRef.GRAPH);

    private final FleetPlans plans;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public AuthorizedFleetService(BundleContext context, @Reference FleetPlans plans) {
        this(plans, new InstalledAccess(context));
    }

    /** For programs that embed the core. */
    public AuthorizedFleetService(FleetPlans plans, AccessControl access) {
        this.plans = plans;
        this.access = access;
        this.authorizer = access.authorizer("The fleet service");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    @Override
    public JsonObject plan(FleetRequest request, CallContext call) {
        return authorizer.change(
                call, Verb.OPERATE, ALL, "plan-fleet", () -> FleetPlanJson.json(plans.plan(request, PlanOrigin.ASKED)));
    }

    /** Nothing is changed, and nothing kept: to see all graphs is enough. */
    @Override
    public JsonObject whatIf(FleetRequest request, CallContext call) {
        return authorizer.read(call, ALL, () -> FleetPlanJson.json(plans.whatIf(request)));
    }

    @Override
    public List<JsonObject> list(CallContext call) {
        return authorizer.list(call, plan -> ALL, () -> plans.kept().stream()
                .map(FleetPlanJson::summary)
                .toList());
    }

    @Override
    public Optional<JsonObject> find(String id, CallContext call) {
        return authorizer.find(call, ALL, () -> plans.find(id).map(FleetPlanJson::json));
    }

    @Override
    public JsonObject apply(String id, CallContext call) {
        return authorizer.change(
                call, Verb.OPERATE, ALL, "apply-fleet-plan", () -> FleetPlanJson.json(plans.apply(id, call.origin())));
    }

    @Override
    public boolean forget(String id, CallContext call) {
        return authorizer.change(call, Verb.OPERATE, ALL, "forget-fleet-plan", () -> plans.forget(id));
    }
}
