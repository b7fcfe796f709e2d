// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.ops.console.ConsoleServices;
import eu.nephele.smo.ops.console.Http;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.PageView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Graphs with what decides for them, and replicas on which nothing decides. */
class GraphSectionTest {

    private static final GraphId CART = new GraphId("shop", "cart");

    private final ConsoleServices consoleServices = mock(ConsoleServices.class);

    private String shown() {
        Html html = new Html();
        html.add(new GraphSection(consoleServices, new PageView("/system/console/smo", "token", Http.ADMIN)));
        return html.toString();
    }

    @Test
    void replicasSetByHandAreShownBesideTheStrategiesThatDecidedLast() {
        ServiceView web = mock(ServiceView.class, RETURNS_DEEP_STUBS);
        when(web.spec().id()).thenReturn("web");
        when(web.hold()).thenReturn(Optional.of(new ReplicaHold(3, Optional.of(Samples.AT))));
        ServiceView db = mock(ServiceView.class, RETURNS_DEEP_STUBS);
        when(db.spec().id()).thenReturn("db");
        when(db.hold()).thenReturn(Optional.of(new ReplicaHold(0, Optional.empty())));
        GraphView view = mock(GraphView.class, RETURNS_DEEP_STUBS);
        when(view.graph().id()).thenReturn(CART);
        when(view.phase()).thenReturn(GraphPhase.RUNNING);
        when(view.item().decisionId()).thenReturn(Optional.empty());
        when(view.services()).thenReturn(List.of(web, db));
        GraphService graphs = mock(GraphService.class);
        when(graphs.list(Http.ADMIN)).thenReturn(List.of(view));
        DecisionRecord scaled = mock(DecisionRecord.class, RETURNS_DEEP_STUBS);
        when(scaled.strategy().id()).thenReturn("threshold");
        DecisionService decisions = mock(DecisionService.class);
        when(decisions.list(eq(CART), any(), eq(Http.ADMIN))).thenReturn(List.of(scaled));
        when(consoleServices.graphs()).thenReturn(Optional.of(graphs));
        when(consoleServices.decisions()).thenReturn(Optional.of(decisions));
        assertThat(shown())
                .contains("shop/cart", "running", "threshold")
                .contains("web: 3 until 2026-11-20T10:15:30Z, db: 0 until it is released");
    }

    @Test
    void withoutAnEngineItSaysSo() {
        when(consoleServices.graphs()).thenReturn(Optional.empty());
        assertThat(shown()).contains("Graphs (core/engine) are unavailable.");
    }
}
