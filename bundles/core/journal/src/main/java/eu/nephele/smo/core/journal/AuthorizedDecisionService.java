// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Decisions behind an authorization check: a caller who may see a graph may see its decisions. */
@Component(service = DecisionService.class)
public final class AuthorizedDecisionService implements DecisionService {

    private final StoredJournal journal;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public AuthorizedDecisionService(BundleContext context, @Reference StoredJournal journal) {
        this(journal, new InstalledAccess(context));
    }

    /** For programs that embed the core. */
    public AuthorizedDecisionService(StoredJournal journal, AccessControl access) {
        this.journal = journal;
        this.access = access;
        this.authorizer = access.authorizer("The journal of decisions");
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    @Override
    public Optional<DecisionRecord> find(GraphId graph, String id, CallContext call) {
        return authorizer.find(call, ResourceRef.of(graph), () -> journal.find(graph, id));
    }

    @Override
    public List<DecisionRecord> list(GraphId graph, DecisionStore.Query query, CallContext call) {
        return authorizer.list(call, record -> ResourceRef.of(graph), () -> journal.list(graph, query));
    }

    @Override
    public Optional<JsonObject> explain(GraphId graph, String decisionId, String service, CallContext call) {
        return authorizer.find(call, ResourceRef.of(graph), () -> journal.explain(graph, decisionId, service));
    }

    @Override
    public Optional<JsonObject> explainAttempt(GraphId graph, String service, CallContext call) {
        return authorizer.find(call, ResourceRef.of(graph), () -> journal.explainAttempt(graph, service));
    }

    @Override
    public Optional<JsonObject> verify(GraphId graph, String decisionId, CallContext call) {
        return authorizer.find(call, ResourceRef.of(graph), () -> journal.verify(graph, decisionId));
    }

    @Override
    public Optional<JsonObject> explainScaling(GraphId graph, String service, CallContext call) {
        return authorizer.find(call, ResourceRef.of(graph), () -> journal.explainScaling(graph, service));
    }
}
