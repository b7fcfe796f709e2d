// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.alert;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.Authorizer;
import java.util.List;

/**
 * Authorized service for alerts. The graphs of an alert are only known inside: graphs that the caller may not operate
 * are left out, as if they had no such service.
 */
public final class AuthorizedAlertService implements AlertService {

    private static final ResourceRef ALERTS = ResourceRef.all("alert");

    private final AlertHandler alertHandler;
    private final Authorizer authorizer;

    public AuthorizedAlertService(AlertHandler alertHandler, Authorizer authorizer) {
        this.alertHandler = alertHandler;
        this.authorizer = authorizer;
    }

    @Override
    public List<Result> receive(List<Alert> alerts, CallContext call) {
        return authorizer.change(
                call,
                Verb.OPERATE,
                ALERTS,
                "receive",
                () -> alertHandler.receive(
                        alerts, graph -> authorizer.may(call, Verb.OPERATE, ResourceRef.of(graph)), call.origin()));
    }
}
