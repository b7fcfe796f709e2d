// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.ForeignRelease.Difference;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Stage;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.PlanStore.PlanRecord;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Operations, events and what else happens to graphs, for tests. */
final class LifecycleSamples {

    private LifecycleSamples() {}

    static String operationId(int number) {
        return "op-%08d".formatted(number);
    }

    /** A plain operation, changed last so many seconds after {@link Samples#NOW}. */
    static Operation operation(GraphId graph, int number, State state) {
        return new Operation(
                operationId(number),
                Operation.Kind.DEPLOY,
                ResourceRef.of(graph),
                state,
                1,
                1,
                RequestOrigin.INTERNAL,
                Operation.Times.from(Samples.NOW).changed(Samples.NOW.plusSeconds(number), state.isFinal()),
                List.of(),
                List.of(),
                Optional.empty(),
                "");
    }

    /** Every field filled, but for the graph. */
    static Operation drain() {
        return new Operation(
                "op-drain",
                Operation.Kind.DRAIN,
                ResourceRef.of(Samples.C2),
                State.FAILED,
                7,
                4,
                new RequestOrigin("ops-key", "corr-1", Optional.of(new IdempotencyKey("k1", "f1"))),
                new Operation.Times(Samples.NOW, Samples.NOW.plusSeconds(1), Optional.of(Samples.NOW.plusNanos(789))),
                List.of(
                        new Step(Operation.Action.EVACUATE, "p1/g", "leaves c2", StepState.DONE, ""),
                        new Step(Operation.Action.EVACUATE, "p1/h", "leaves c2", StepState.FAILED, "no room")),
                List.of(
                        new Stage("deciding", Samples.NOW, Optional.of(Duration.ofNanos(1_234_567))),
                        new Stage("applying", Samples.NOW.plusNanos(1_234_567), Optional.empty())),
                Optional.of(new Fault(SmoException.Kind.INFEASIBLE, "smo", "Graph 'h' fits nowhere else.")),
                "1 of 2 left");
    }

    static Operation upgrade() {
        return new Operation(
                "op-upgrade",
                Operation.Kind.UPGRADE_PLUGIN,
                ResourceRef.plugin("com.example.cheapest"),
                State.RUNNING,
                0,
                0,
                RequestOrigin.INTERNAL,
                Operation.Times.from(Samples.NOW),
                List.of(
                        new Step(Operation.Action.ADMIT, "com.example.cheapest 1.1.0", "", StepState.DONE, ""),
                        new Step(Operation.Action.SWITCH, "com.example.cheapest 1.1.0", "", StepState.RUNNING, "")),
                List.of(),
                Optional.empty(),
                "");
    }

    static Revision revision(GraphId graph, long number) {
        return new Revision(
                graph,
                number,
                StrictJson.parseObject("{\"id\": \"g\", \"number\": %d}".formatted(number)),
                Samples.full(graph).declaration().override(),
                number == 1 ? "deploy" : "rollback to " + (number - 1),
                "alice",
                Samples.NOW.plusSeconds(number));
    }

    static IdempotencyRecord key(String key, int operation) {
        return new IdempotencyRecord(key, "digest-of-" + key, operationId(operation), Samples.NOW);
    }

    static EventDraft event(GraphId graph, int number) {
        return new EventDraft(
                number % 2 == 0 ? "hdag.deployed" : "service.scaled",
                Samples.NOW.plusSeconds(number),
                Optional.of(ResourceRef.of(graph)),
                number % 2 == 0 ? Optional.empty() : Optional.of("s" + number),
                3,
                number % 2 == 0 ? Optional.of(operationId(number)) : Optional.empty(),
                "corr-" + number,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                StrictJson.parseObject("{\"number\": %d, \"from\": {\"c1\": 2}}".formatted(number)));
    }

    static EventDraft clusterEvent(String type, int number) {
        return new EventDraft(
                type,
                Samples.NOW.plusSeconds(number),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                "",
                "",
                StrictJson.parseObject("{\"cluster\": \"c1\"}"));
    }

    static Webhook webhook(String id, EventFilter filter) {
        return new Webhook(
                id,
                URI.create("https://receiver.example/" + id + "?a=b"),
                filter,
                "env:SECRET",
                false,
                Samples.NOW,
                Optional.of("anna"));
    }

    private static ForeignRelease takeover() {
        return new ForeignRelease(
                "c1",
                "f1",
                "chart web-1, revision 3",
                List.of(
                        new Difference("values", "/a", Optional.of(JsonNumber.of(1)), Optional.empty()),
                        new Difference("Deployment/web", "", Optional.empty(), Optional.of(JsonObject.EMPTY))),
                7);
    }

    static PlanRecord plan(String id, boolean empty) {
        Plan plan = new Plan(
                id,
                Samples.graph("g"),
                Operation.Kind.UPDATE,
                new Plan.Validity(Samples.NOW, Samples.NOW.plusSeconds(600)),
                !empty,
                new Plan.Services(Set.of("n"), Set.of("o", "p"), Set.of("m"), Set.of("m", "c"), Set.of("u")),
                List.of(
                        new PlanStep(
                                Operation.Action.MOVE,
                                "m",
                                List.of(new Share(Samples.C1, 2)),
                                List.of(new Share(Samples.C2, 2)),
                                true,
                                "to c2"),
                        new PlanStep(Operation.Action.REMOVE, "o", List.of(), List.of(), false, "")),
                new Placement(Map.of("m", List.of(new Share(Samples.C2, 2)))),
                empty ? Map.of() : Map.of("n", List.of(takeover())),
                StrictJson.parseObject("{\"strategy\": \"greedy\", \"costs\": {\"moves\": 1.5}}"),
                List.of("conflict"),
                List.of("warning"));
        return new PlanRecord(
                plan,
                empty
                        ? Optional.empty()
                        : Optional.of(
                                Samples.full(Samples.graph("g")).declaration().descriptor()),
                empty
                        ? StrategyOverride.NONE
                        : Samples.full(Samples.graph("g")).declaration().override(),
                empty ? Optional.empty() : Optional.of(PlaceRequest.replace()),
                empty ? "" : "3/12");
    }
}
