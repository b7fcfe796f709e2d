// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.shadow.SensitivityService;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The sensitivity of decisions behind an authorization check: a caller who may see a graph may ask. */
@Component(service = SensitivityService.class)
public final class AuthorizedSensitivityService implements SensitivityService {

    private final WeightSensitivity weights;
    private final ScalingSensitivity scaling;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public AuthorizedSensitivityService(
            BundleContext context, @Reference WeightSensitivity weights, @Reference ScalingSensitivity scaling) {
        this(weights, scaling, new InstalledAccess(context));
    }

    /** For programs that embed the core. */
    public AuthorizedSensitivityService(WeightSensitivity weights, ScalingSensitivity scaling, AccessControl access) {
        this.weights = weights;
        this.scaling = scaling;
        this.access = access;
        this.authorizer = access.authorizer("The sensitivity service");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    @Override
    public Optional<JsonObject> sweep(GraphId graph, WeightSweep sweep, CallContext call) {
        return authorizer.find(call, ResourceRef.of(graph), () -> weights.sweep(graph, sweep));
    }

    @Override
    public Optional<JsonObject> sweep(GraphId graph, ScalingSweep sweep, CallContext call) {
        return authorizer.find(call, ResourceRef.of(graph), () -> scaling.sweep(graph, sweep));
    }
}
