// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.graph.ServiceView;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A number by hand reaches the service, however long it is updated and however often the server dies; then its strategy decides again. */
class ManualScalingTest {

    private static final Instant ASKED = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant SOON = ASKED.plusSeconds(5);
    private static final Instant LATER = ASKED.plusSeconds(1800);
    private static final Instant OVER = ASKED.plusSeconds(3600);

    private final ContainersFile file = Texts.read(Texts.LEAST);
    private final ServiceEntry web = file.service("web").orElseThrow();
    private final PlayedGraphs graphs = new PlayedGraphs();
    private final GraphView first = deployed();

    private GraphView deployed() {
        JsonObject graph = JsonObject.EMPTY.with("hdaGraph", JsonObject.EMPTY.with("id", new JsonString("web")));
        return graphs.service()
                .deploy(graphs.reader().read("shop", graph), CallContext.INTERNAL)
                .accepted();
    }

    private GraphView view(GraphPhase phase, int replicas, Optional<ReplicaHold> hold) {
        ServiceSpec spec = new ServiceSpec(
                "web",
                new Trigger.Auto(List.of()),
                new Artifact("oci://localhost/web:1", "App", "CONTAINER", "CONTAINER", JsonObject.EMPTY),
                Map.of(),
                ServiceScaling.UNSPECIFIED);
        ServiceView service = new ServiceView(
                spec,
                ServiceView.ServiceState.DEPLOYED,
                List.of(new Share(new ClusterId("docker", "edge-1"), replicas)),
                List.of(),
                Resources.NONE,
                JsonObject.EMPTY,
                List.of(),
                Optional.empty(),
                hold,
                "");
        GraphView played = PlayedGraphs.view(first.graph(), phase);
        return new GraphView(
                played.graph(), played.item(), List.of(), played.placement(), List.of(), List.of(service), List.of());
    }

    /** A pass; returns what it saw. */
    private PoolStatus pass(ManualScale number, GraphView graph, PoolStatus before, Instant now) {
        PoolStatus seen = new PoolStatus("shop");
        seen.add("web", new PoolGraphs.PoolGraph(graph, new PoolGraphs.RequestedDescriptor("d", now), true));
        new ManualScaling(graphs.service(), file, now).ensure(web, number, graph, before, seen);
        return PoolStatus.from(seen.told(file).observed());
    }

    private PoolStatus nothing() {
        return PoolStatus.from(JsonObject.EMPTY);
    }

    @Test
    void itIsToldOnceAndReleasedWhenTheServiceHasIt() {
        ManualScale three = new ManualScale(3, ASKED, "");
        Optional<ReplicaHold> hold = Optional.of(three.hold(3));
        PoolStatus told = pass(three, view(GraphPhase.RUNNING, 2, Optional.empty()), nothing(), SOON);
        assertThat(told.hasHeld("web", three)).isTrue();
        told = pass(three, view(GraphPhase.UPDATING, 2, hold), told, LATER);
        told = pass(three, view(GraphPhase.UPDATING, 3, hold), told, LATER);
        assertThat(graphs.calls).containsExactly("deploy web", "hold web 3 by smo");

        told = pass(three, view(GraphPhase.RUNNING, 3, hold), told, SOON);
        assertThat(graphs.calls).as("before two cycles").hasSize(2);
        told = pass(three, view(GraphPhase.RUNNING, 3, hold), told, LATER);
        assertThat(graphs.calls).containsExactly("deploy web", "hold web 3 by smo", "release web by smo");
        told = pass(three, view(GraphPhase.RUNNING, 1, Optional.empty()), told, LATER);
        assertThat(told.hasHeld("web", three)).isTrue();
        assertThat(graphs.calls).as("what the strategy has decided since stays").hasSize(3);
    }

    @Test
    void itStaysWithinTheBoundsAsTheyAreNow() {
        ManualScale nine = new ManualScale(9, ASKED, "");
        PoolStatus told = pass(nine, view(GraphPhase.RUNNING, 2, Optional.empty()), nothing(), SOON);
        pass(nine, view(GraphPhase.RUNNING, 2, Optional.of(nine.hold(3))), told, SOON);
        assertThat(graphs.calls).containsExactly("deploy web", "hold web 4 by smo", "hold web 4 by smo");
    }

    @Test
    void whatAPersonSetsInTheCoreAfterwardsStays() {
        ManualScale three = new ManualScale(3, ASKED, "");
        PoolStatus told = pass(three, view(GraphPhase.RUNNING, 2, Optional.empty()), nothing(), SOON);
        pass(three, view(GraphPhase.RUNNING, 1, Optional.of(new ReplicaHold(1, Optional.empty()))), told, LATER);
        assertThat(graphs.calls).containsExactly("deploy web", "hold web 3 by smo");
    }

    @Test
    void whatTheCoreDoesNotTakeYetIsToldAgainAndOldWishesAreNot() {
        ManualScale three = new ManualScale(3, ASKED, "");
        graphs.refusals.put("hold web", SmoException.invalid("bounds", List.of()));
        GraphView running = view(GraphPhase.RUNNING, 2, Optional.empty());
        PoolStatus refused = pass(three, running, nothing(), SOON);
        assertThat(refused.hasHeld("web", three)).isFalse();
        graphs.refusals.clear();
        assertThat(pass(three, running, refused, SOON).hasHeld("web", three)).isTrue();
        assertThat(pass(three, running, nothing(), OVER).hasHeld("web", three)).isFalse();
        assertThat(graphs.calls).containsExactly("deploy web", "hold web 3 by smo");
        assertThat(first.graph().id()).isEqualTo(new GraphId("shop", "web"));
    }
}
