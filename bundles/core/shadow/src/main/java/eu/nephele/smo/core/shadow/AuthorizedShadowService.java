// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.decision.DefaultsControl;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.Default;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowReport;
import eu.nephele.smo.core.contract.shadow.ShadowService;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Authorized service for shadows, and for the defaults that they are promoted to. */
@Component(service = {ShadowService.class, DefaultsControl.class})
public final class AuthorizedShadowService implements ShadowService, DefaultsControl {

    private static final String KIND = "shadow";
    private static final ResourceRef DEFAULTS = ResourceRef.all("default");

    private final ShadowLifecycle shadows;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public AuthorizedShadowService(BundleContext context, @Reference ShadowLifecycle shadows) {
        this(shadows, new InstalledAccess(context));
    }

    /** For programs that embed the core. */
    public AuthorizedShadowService(ShadowLifecycle shadows, AccessControl access) {
        this.shadows = shadows;
        this.access = access;
        this.authorizer = access.authorizer("The shadow service");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    @Override
    public Shadow begin(String kind, StrategySelection selection, Shadow.ShadowScope scope, CallContext call) {
        ResourceRef target = new ResourceRef(KIND, project(scope), "*");
        return authorizer.change(
                call, Verb.CREATE, target, "begin", () -> shadows.begin(kind, selection, scope, call.origin()));
    }

    @Override
    public List<Shadow> shadows(CallContext call) {
        return authorizer.list(call, AuthorizedShadowService::ref, shadows::shadows);
    }

    @Override
    public Optional<ShadowReport> report(String id, CallContext call) {
        return authorizer.find(call, ref(id), () -> shadows.report(id).map(report -> visible(call, report)));
    }

    @Override
    public ShadowReport end(String id, CallContext call) {
        return authorizer.change(
                call, Verb.DELETE, ref(id), "end", () -> visible(call, shadows.end(id, call.origin())));
    }

    /** A shadow of all graphs has compared decisions about graphs that the reader may not see: these are not shown. */
    private ShadowReport visible(CallContext call, ShadowReport report) {
        return report.showing(report.latest().stream()
                .filter(comparedDecision -> authorizer.seesGraph(call, comparedDecision.graph()))
                .toList());
    }

    /** Promotes a shadow; the caller also needs the right to change its target, the graph or the defaults. */
    @Override
    public Optional<String> promote(String id, CallContext call) {
        return authorizer.change(
                call,
                Verb.OPERATE,
                ref(id),
                "promote",
                () -> decidesForMany(id)
                        ? authorizer.change(call, Verb.UPDATE, DEFAULTS, "set", () -> shadows.promote(id, call))
                        : shadows.promote(id, call));
    }

    @Override
    public Default set(String key, String value, CallContext call) {
        ResourceRef target = new ResourceRef("default", "", key);
        return authorizer.change(call, Verb.UPDATE, target, "set", () -> shadows.set(key, value, call.origin()));
    }

    private boolean decidesForMany(String id) {
        return shadows.shadows().stream()
                .anyMatch(shadow ->
                        shadow.id().equals(id) && shadow.scope().graph().isEmpty());
    }

    private ResourceRef ref(String id) {
        return shadows.shadows().stream()
                .filter(shadow -> shadow.id().equals(id))
                .findFirst()
                .map(AuthorizedShadowService::ref)
                .orElse(new ResourceRef(KIND, "", id));
    }

    private static ResourceRef ref(Shadow shadow) {
        return new ResourceRef(KIND, project(shadow.scope()), shadow.id());
    }

    private static String project(Shadow.ShadowScope scope) {
        return scope.graph().map(GraphId::project).or(scope::project).orElse("");
    }
}
