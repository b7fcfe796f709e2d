// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal.history;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.history.GraphHistory;
import eu.nephele.smo.core.contract.history.HistoryService;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.HistoryStore;
import eu.nephele.smo.core.contract.store.HistoryStore.ActivityCount;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import eu.nephele.smo.core.contract.store.OperationStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The history behind an authorization check: a caller who may see a graph may see its history. */
@Component(service = HistoryService.class)
public final class AuthorizedHistoryService implements HistoryService {

    private final HistoryReader reader;
    private final ActivityCounts counts;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Activate
    public AuthorizedHistoryService(
            BundleContext context,
            @Reference HistoryStore history,
            @Reference OperationStore operations,
            @Reference GraphStore graphs) {
        this(history, operations, graphs, new InstalledAccess(context));
    }

    /** For programs that embed the core. */
    public AuthorizedHistoryService(
            HistoryStore history, OperationStore operations, GraphStore graphs, AccessControl access) {
        this.reader = new HistoryReader(history, operations, graphs);
        this.counts = new ActivityCounts(history, System::nanoTime);
        this.access = access;
        this.authorizer = access.authorizer("The history");
    }

    @Deactivate
    public void close() {
        authorizer.end();
        access.close();
    }

    @Override
    public GraphHistory history(GraphId graph, HistorySpan span, CallContext call) {
        return authorizer.read(call, ResourceRef.of(graph), () -> reader.read(graph, span));
    }

    @Override
    public List<ActivityCount> activity(HistorySpan span, int parts, CallContext call) {
        return authorizer.inside(() -> {
            Map<String, Boolean> seen = new HashMap<>();
            return counts.count(span, parts).stream()
                    .filter(count -> seen.computeIfAbsent(
                            count.project(), project -> authorizer.seesAny(call, ResourceRef.GRAPH, project)))
                    .toList();
        });
    }
}
