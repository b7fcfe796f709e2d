// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.plugin.PluginService;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.ops.console.ConsoleServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmoCommandsTest {

    private static final GraphId CART = new GraphId("shop", "cart");

    private final ConsoleServices consoleServices = mock(ConsoleServices.class);
    private final GraphService graphs = mock(GraphService.class);
    private final DecisionService decisions = mock(DecisionService.class);
    private final PluginService plugins = mock(PluginService.class);

    @TempDir
    private Path folder;

    private final CommandSession session = mock(CommandSession.class);
    private SmoCommands commands;

    @BeforeEach
    void open() {
        when(consoleServices.graphs()).thenReturn(Optional.of(graphs));
        when(consoleServices.decisions()).thenReturn(Optional.of(decisions));
        when(consoleServices.plugins()).thenReturn(Optional.of(plugins));
        when(consoleServices.operations()).thenReturn(Optional.empty());
        when(consoleServices.strategies()).thenReturn(Optional.empty());
        commands = new SmoCommands(consoleServices, folder);
    }

    @Test
    void columnsAreAsWideAsTheirLongestCell() {
        assertThat(TextTable.render(List.of("ID", "WHY"), List.of(List.of("greedy", "x"), List.of("a", ""))))
                .isEqualTo("ID      WHY\ngreedy  x\na");
    }

    @Test
    void anExplanationIsItsPlainWords() {
        GraphView view = mock(GraphView.class, RETURNS_DEEP_STUBS);
        when(view.item().decisionId()).thenReturn(Optional.of("d1"));
        when(graphs.find(CART, CallContext.INTERNAL)).thenReturn(Optional.of(view));
        when(decisions.explain(CART, "d1", "web", CallContext.INTERNAL))
                .thenReturn(Optional.of(
                        JsonObject.EMPTY.with("text", JsonArray.ofStrings(List.of("web runs on c1", "c2 is dearer")))));
        assertThat(commands.explain(session, "shop", "cart", "web")).isEqualTo("web runs on c1\nc2 is dearer");
        assertThatThrownBy(() -> commands.explain(session, "shop", "cart", "db"))
                .hasMessageContaining("has no entry for db");
        assertThatThrownBy(() -> commands.explain(session, "shop", "none", "web"))
                .hasMessageContaining("Unknown graph shop/none");
    }

    @Test
    void graphsAreShownWithWhatDecidedAndWhatIsHeld() {
        GraphView view = mock(GraphView.class, RETURNS_DEEP_STUBS);
        when(view.graph().id()).thenReturn(CART);
        when(view.graph().placement()).thenReturn(StrategySelection.ofId("declared"));
        when(view.phase()).thenReturn(GraphPhase.RUNNING);
        when(view.item().decisionId()).thenReturn(Optional.of("d1"));
        ServiceView web = mock(ServiceView.class, RETURNS_DEEP_STUBS);
        when(web.spec().id()).thenReturn("web");
        when(web.hold())
                .thenReturn(Optional.of(new ReplicaHold(3, Optional.of(Instant.parse("2026-11-20T12:00:00Z")))));
        when(view.services()).thenReturn(List.of(web));
        when(graphs.projects(CallContext.INTERNAL)).thenReturn(new TreeMap<>(Map.of("shop", 1L)));
        when(graphs.names("shop", CallContext.INTERNAL)).thenReturn(List.of("cart"));
        when(graphs.find(CART, CallContext.INTERNAL)).thenReturn(Optional.of(view));
        DecisionRecord placed = decidedBy("greedy");
        DecisionRecord scaled = decidedBy("threshold");
        when(decisions.find(CART, "d1", CallContext.INTERNAL)).thenReturn(Optional.of(placed));
        when(decisions.list(eq(CART), any(), eq(CallContext.INTERNAL))).thenReturn(List.of(scaled));
        assertThat(commands.graphs(session))
                .contains("HELD", "greedy", "threshold", "web: 3 until 2026-11-20T12:00:00Z")
                .doesNotContain("declared");
    }

    private static DecisionRecord decidedBy(String id) {
        DecisionRecord decision = mock(DecisionRecord.class, RETURNS_DEEP_STUBS);
        when(decision.strategy().id()).thenReturn(id);
        return decision;
    }

    @Test
    void aSwapTakesACopyAndLeavesTheFile() throws Exception {
        Path jar = Files.writeString(folder.resolve("v2.jar"), "jar");
        when(plugins.upgrade(eq("acme"), any(), eq("v2.jar"), eq(false), any())).thenAnswer(call -> {
            Path copy = call.getArgument(1);
            assertThat(copy).isNotEqualTo(jar).hasContent("jar");
            Files.delete(copy);
            return upgraded();
        });
        assertThat(commands.swap(session, "acme", jar.toString())).startsWith("op9 succeeded");
        assertThat(jar).exists();
        assertThatThrownBy(() -> commands.swap(session, "acme", "nowhere.jar")).hasMessageContaining("does not exist");
    }

    @Test
    void anAbsentServiceIsNamed() {
        assertThatThrownBy(() -> commands.strategies(session))
                .isInstanceOf(SmoException.class)
                .hasMessageContaining("core/strategies is unavailable");
    }

    private static Operation upgraded() {
        Instant now = Instant.parse("2026-11-20T10:15:30Z");
        return new Operation(
                "op9",
                Operation.Kind.UPGRADE_PLUGIN,
                ResourceRef.plugin("acme"),
                Operation.State.SUCCEEDED,
                0,
                0,
                RequestOrigin.INTERNAL,
                new Operation.Times(now, now, Optional.of(now)),
                List.of(),
                List.of(),
                Optional.empty(),
                "");
    }
}
