// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.GraphItem;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.Shadow.ShadowScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class PromotionTest {

    private static final GraphId GRAPH = Given.graph("demo", "x");
    private static final RequestOrigin ALICE =
            new RequestOrigin("alice", "corr", Optional.of(new IdempotencyKey("k", "f")));

    private final GraphService graphs = mock();
    private final DescriptorReader reader = mock();

    private static Shadow shadow(String kind, StrategySelection selection, ShadowScope scope) {
        return new Shadow("shadow-1", kind, selection, scope, ALICE, Given.NOW);
    }

    private static StrategySelection full() {
        return new StrategySelection(
                Optional.of("h3ni.energy-aware"),
                Optional.of("[1,2)"),
                Given.json("{\"renewable\": 0.5, \"note\": \"a=b, c\"}"),
                false,
                Optional.empty(),
                OptionalInt.empty());
    }

    private static Graph graph(JsonObject descriptor) {
        return new Graph(
                GRAPH,
                "",
                false,
                Map.of(),
                List.of(),
                List.of(),
                StrategySelection.ofId("optimal"),
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                Graph.STANDARD_PRIORITY,
                descriptor);
    }

    private static GraphView view(JsonObject descriptor) {
        return new GraphView(
                graph(descriptor),
                new GraphItem(
                        GRAPH,
                        "",
                        false,
                        1,
                        DesiredState.RUNNING,
                        GraphPhase.RUNNING,
                        1,
                        Optional.empty(),
                        4,
                        false,
                        Optional.empty(),
                        Timestamps.from(Given.NOW)),
                List.of(),
                Placement.NONE,
                List.of(),
                List.of(),
                List.of());
    }

    private void given(StrategyOverride override) {
        JsonObject descriptor = Given.json(
                "{\"id\": \"x\", \"strategies\": {\"placement\": {\"id\": \"optimal\"}, \"scaling\": {\"id\": \"threshold\"}}}");
        GraphView view = view(descriptor);
        when(graphs.find(eq(GRAPH), any())).thenReturn(Optional.of(view));
        when(graphs.revisions(eq(GRAPH), any()))
                .thenReturn(List.of(new Revision(GRAPH, 4, descriptor, override, "update", "bob", Given.NOW)));
        when(reader.restore(eq("demo"), any())).thenAnswer(call -> graph(call.getArgument(1)));
        Operation placing = mock();
        when(placing.id()).thenReturn("op-place");
        when(graphs.place(eq(GRAPH), any(), any()))
                .thenReturn(new Change(
                        view,
                        false,
                        Optional.of(placing),
                        CompletableFuture.completedFuture(view),
                        CompletableFuture.completedFuture(view)));
    }

    private DeployRequest updated() {
        ArgumentCaptor<DeployRequest> request = ArgumentCaptor.captor();
        ArgumentCaptor<CallContext> call = ArgumentCaptor.captor();
        verify(graphs).update(request.capture(), call.capture());
        assertThat(call.getValue().origin().principal()).isEqualTo("alice");
        assertThat(call.getValue().origin().idempotency()).isEmpty();
        return request.getValue();
    }

    @Test
    void aGraphGetsARevisionThatNamesTheStrategyAndIsPlacedByIt() {
        StrategySelection weighed = new StrategySelection(
                Optional.of("greedy"),
                Optional.empty(),
                JsonObject.EMPTY,
                false,
                Optional.of(Map.of("carbon", new ObjectiveWeight(2, 1), "moves", ObjectiveWeight.of(1))),
                OptionalInt.empty());
        StrategySelection scaling = StrategySelection.ofId("predictive");
        given(new StrategyOverride(weighed, scaling));
        ShadowScope scope = new ShadowScope(Optional.empty(), Optional.of(GRAPH));

        Optional<String> operation = new GraphPromotion(graphs, reader)
                .promote(shadow(StrategyRef.PLACEMENT, full(), scope), GRAPH, new CallContext(ALICE, Optional.empty()));

        assertThat(operation).contains("op-place");
        DeployRequest request = updated();
        assertThat(request.graph().descriptor().canonical())
                .isEqualTo(Given.json("{\"id\": \"x\", \"strategies\": {\"placement\": {\"id\": \"h3ni.energy-aware\","
                                + " \"version\": \"[1,2)\", \"parameters\": {\"renewable\": 0.5, \"note\": \"a=b, c\"},"
                                + " \"objectives\": {\"carbon\": {\"weight\": 2.0, \"level\": 1}, \"moves\": 1.0}},"
                                + " \"scaling\": {\"id\": \"threshold\"}}}")
                        .canonical());
        assertThat(request.override()).isEqualTo(new StrategyOverride(StrategySelection.UNSPECIFIED, scaling));
    }

    @Test
    void whereAGraphCannotBePlacedNowTheStrategyDecidesNextTime() {
        given(StrategyOverride.NONE);
        when(graphs.place(any(), any(), any())).thenThrow(SmoException.conflict("it is stopped"));
        ShadowScope scope = new ShadowScope(Optional.empty(), Optional.of(GRAPH));

        assertThat(new GraphPromotion(graphs, reader)
                        .promote(
                                shadow(StrategyRef.PLACEMENT, full(), scope),
                                GRAPH,
                                new CallContext(ALICE, Optional.empty())))
                .isEmpty();
        updated();
    }

    @Test
    void aScalingStrategyMovesNothing() {
        given(StrategyOverride.NONE);
        ShadowScope scope = new ShadowScope(Optional.empty(), Optional.of(GRAPH));

        assertThat(new GraphPromotion(graphs, reader)
                        .promote(
                                shadow(StrategyRef.SCALING, StrategySelection.ofId("optimal"), scope),
                                GRAPH,
                                new CallContext(ALICE, Optional.empty())))
                .isEmpty();
        verify(graphs, never()).place(any(), any(), any());
        assertThat(updated().graph().descriptor().toJson()).contains("\"scaling\":{\"id\":\"optimal\"}");
    }

    @Test
    void aProjectKeepsItsOtherDefaults() {
        Map<String, Object> present = Map.of("scaling", "optimal", "projectDefaults", new String[] {
            "other={\"placement\": {\"id\": \"greedy\"}}",
            "demo={\"placement\": {\"id\": \"optimal\", \"objectives\": {\"carbon\": 3}}, \"scaling\": {\"id\": \"threshold\"}}"
        });
        ShadowScope scope = new ShadowScope(Optional.of("demo"), Optional.empty());

        Map<String, Object> next = StrategyDefaults.with(present, shadow(StrategyRef.PLACEMENT, full(), scope));

        assertThat(next).containsEntry("scaling", "optimal");
        List<String> entries = TextList.from(next.get("projectDefaults")).items();
        assertThat(entries).hasSize(2).contains("other={\"placement\": {\"id\": \"greedy\"}}");
        assertThat(entries.get(1))
                .startsWith("demo={")
                .contains("\"id\":\"h3ni.energy-aware\"", "\"objectives\":{\"carbon\":3}", "\"id\":\"threshold\"")
                .doesNotContain("\"optimal\"");
    }

    private static StrategySelection normalised(Optional<Map<String, ObjectiveWeight>> weights) {
        return new StrategySelection(
                Optional.of("optimal"),
                Optional.empty(),
                JsonObject.EMPTY,
                false,
                weights.map(plain -> ObjectiveWeight.in(plain, true)),
                OptionalInt.empty());
    }

    @Test
    void theMeaningOfWeightsIsPromotedWithThem() {
        StrategySelection shares = normalised(Optional.of(Map.of("carbon", ObjectiveWeight.of(0.7))));
        Map<String, Object> all =
                StrategyDefaults.with(Map.of(), shadow(StrategyRef.PLACEMENT, shares, ShadowScope.ALL));
        assertThat(all).containsEntry("objectives", List.of("carbon=0.7")).containsEntry("normalised", true);

        StrategySelection plain = new StrategySelection(
                Optional.of("optimal"),
                Optional.empty(),
                JsonObject.EMPTY,
                false,
                Optional.of(Map.of("carbon", ObjectiveWeight.of(2))),
                OptionalInt.empty());
        assertThat(StrategyDefaults.with(all, shadow(StrategyRef.PLACEMENT, plain, ShadowScope.ALL)))
                .containsEntry("normalised", false);
    }

    @Test
    void aProjectKeepsTheMeaningOfItsWeightsAsLongAsItKeepsThem() {
        Map<String, Object> present = Map.of("projectDefaults", new String[] {
            "demo={\"placement\": {\"id\": \"optimal\", \"objectives\": {\"carbon\": 0.3}, \"normalised\": true}}"
        });
        ShadowScope scope = new ShadowScope(Optional.of("demo"), Optional.empty());

        assertThat(StrategyDefaults.with(present, shadow(StrategyRef.PLACEMENT, normalised(Optional.empty()), scope))
                        .get("projectDefaults")
                        .toString())
                .contains("\"objectives\":{\"carbon\":0.3}", "\"normalised\":true");
        StrategySelection plain = new StrategySelection(
                Optional.of("optimal"),
                Optional.empty(),
                JsonObject.EMPTY,
                false,
                Optional.of(Map.of("carbon", ObjectiveWeight.of(2))),
                OptionalInt.empty());
        assertThat(StrategyDefaults.with(present, shadow(StrategyRef.PLACEMENT, plain, scope))
                        .get("projectDefaults")
                        .toString())
                .doesNotContain("normalised");
    }

    @Test
    void forAllGraphsItIsTheConfiguredStrategy() {
        StrategySelection weighed = new StrategySelection(
                Optional.of("h3ni.energy-aware"),
                Optional.empty(),
                JsonObject.EMPTY,
                false,
                Optional.of(Map.of("carbon", ObjectiveWeight.of(2))),
                OptionalInt.empty());
        assertThat(StrategyDefaults.with(
                        Map.of("scaling", "optimal"), shadow(StrategyRef.PLACEMENT, weighed, ShadowScope.ALL)))
                .containsEntry("initialPlacement", "h3ni.energy-aware")
                .containsEntry("replacement", "h3ni.energy-aware")
                .containsEntry("scaling", "optimal")
                .containsEntry("objectives", List.of("carbon=2.0"));
        assertThat(StrategyDefaults.with(
                        Map.of(),
                        shadow(
                                StrategyRef.SCALING,
                                new StrategySelection(
                                        Optional.of("s"),
                                        Optional.empty(),
                                        Given.json("{\"quantile\": 0.9}"),
                                        false,
                                        Optional.empty(),
                                        OptionalInt.empty()),
                                ShadowScope.ALL)))
                .containsEntry("scaling", "s")
                .containsEntry("scalingParameters", "{\"quantile\":0.9}");
        assertThatThrownBy(
                        () -> StrategyDefaults.with(Map.of(), shadow(StrategyRef.PLACEMENT, full(), ShadowScope.ALL)))
                .isInstanceOf(SmoException.class)
                .hasMessageContaining("Promote it for a project or a graph");
    }
}
