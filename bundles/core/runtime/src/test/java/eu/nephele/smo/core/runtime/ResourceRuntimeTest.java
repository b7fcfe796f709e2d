// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static eu.nephele.smo.core.runtime.RuntimeRig.await;
import static eu.nephele.smo.core.runtime.RuntimeRig.kind;
import static eu.nephele.smo.core.runtime.RuntimeRig.made;
import static eu.nephele.smo.core.runtime.RuntimeRig.rack;
import static eu.nephele.smo.core.runtime.RuntimeRig.slots;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Statement;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService.Accepted;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of resources, with controllers that work, fail, block and leave. */
class ResourceRuntimeTest {

    private RuntimeRig rig;

    @BeforeEach
    void start() throws SQLException {
        rig = new RuntimeRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void awaitPhase(String name, Phase phase) {
        await(() -> rig.resource(name).status().phase() == phase);
    }

    private static Condition condition(Resource resource, String type) {
        return resource.status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private List<String> events() {
        rig.stores().events().publish(100);
        return rig.stores().events().after(0, EventFilter.ALL, 100).stream()
                .map(event -> event.type())
                .toList();
    }

    @Test
    void comesToWhatIsWantedAndGoes() {
        rig.install((resource, call) ->
                made(resource).with(new Statement("DoorClosed", Condition.Status.TRUE, "Locked", "")));
        Accepted created = rig.apply("r1", 8);
        assertThat(created.created()).isTrue();
        awaitPhase("r1", Phase.READY);
        assertThat(rig.resource("r1").status().observed()).isEqualTo(slots(8).desired());
        assertThat(condition(rig.resource("r1"), "DoorClosed").reason()).isEqualTo("Locked");
        assertThat(rig.operation(created.operation()).state()).isEqualTo(State.SUCCEEDED);

        Accepted changed = rig.apply("r1", 9);
        await(() -> rig.resource("r1").status().observedGeneration() == 2);
        assertThat(rig.operation(changed.operation()).state()).isEqualTo(State.SUCCEEDED);
        assertThat(rig.apply("r1", 9).operation()).as("the same again").isEmpty();

        Operation removal = rig.desk().remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        await(() -> rig.desk().find(rack("r1"), CallContext.INTERNAL).isEmpty());
        assertThat(rig.operation(Optional.of(removal)).state()).isEqualTo(State.SUCCEEDED);
        assertThat(events())
                .containsExactly(
                        "rack.created", "rack.ready", "rack.changed", "rack.ready", "rack.leaving", "rack.removed");
    }

    @Test
    void aRemovalThatIsRefusedFailsAndTheResourceStays() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        Operation.Fault inUse = new Operation.Fault(SmoException.Kind.CONFLICT, "rack", "it is in use");
        rig.install((resource, call) -> resource.leaving() && refuses.get()
                ? Reconciled.kept(resource.desired(), "it is in use").because(inUse)
                : made(resource));
        rig.apply("r1", 8);
        awaitPhase("r1", Phase.READY);

        Operation removal = rig.desk().remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        await(() -> rig.operation(Optional.of(removal)).state().isFinal());
        assertThat(rig.operation(Optional.of(removal)).state()).isEqualTo(State.FAILED);
        assertThat(rig.operation(Optional.of(removal)).error()).contains(inUse);
        awaitPhase("r1", Phase.READY);
        Resource staying = rig.resource("r1");
        assertThat(staying.leaving()).isFalse();
        assertThat(staying.generation()).isEqualTo(3);
        assertThat(staying.status().observedGeneration()).isEqualTo(3);
        assertThat(rig.desk()
                        .list(
                                new ResourceQuery(
                                        "rack",
                                        Optional.empty(),
                                        Map.of(),
                                        Map.of("/slots", "8"),
                                        Optional.empty(),
                                        Optional.empty(),
                                        10),
                                CallContext.INTERNAL))
                .as("it is chosen as before")
                .hasSize(1);

        refuses.set(false);
        rig.desk().remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        await(() -> rig.desk().find(rack("r1"), CallContext.INTERNAL).isEmpty());
        assertThat(events())
                .containsExactly(
                        "rack.created",
                        "rack.ready",
                        "rack.leaving",
                        "rack.kept",
                        "rack.ready",
                        "rack.leaving",
                        "rack.removed");
    }

    @Test
    void whatIsDoneOutsideIsShownByItsOperationAlsoWhenItIsGone() {
        Operation.Step running =
                new Operation.Step(Operation.Action.INSTALL, "rack/r1", "", Operation.StepState.RUNNING, "");
        Operation.Step removed =
                new Operation.Step(Operation.Action.REMOVE, "rack/r1", "", Operation.StepState.DONE, "");
        rig.install((resource, call) -> resource.leaving()
                ? Reconciled.gone().with(removed)
                : Reconciled.progressing(resource.desired(), "it boots").with(running));
        Accepted created = rig.apply("r1", 8);
        await(() -> rig.operation(created.operation()).message().equals("it boots"));
        assertThat(rig.operation(created.operation()).steps()).containsExactly(running);

        Operation removal = rig.desk().remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        await(() -> rig.desk().find(rack("r1"), CallContext.INTERNAL).isEmpty());
        assertThat(rig.operation(Optional.of(removal)).steps()).containsExactly(removed);
        assertThat(rig.operation(created.operation()).steps()).containsExactly(running);
    }

    @Test
    void whyItFailedIsReportedInTheWordsOfInterfaces() {
        Operation.Fault taken = new Operation.Fault(SmoException.Kind.CONFLICT, "rack", "the name is taken");
        rig.install((resource, call) ->
                Reconciled.failed(resource.desired(), "the name is taken").because(taken));
        Accepted created = rig.apply("r1", 8);
        await(() -> rig.operation(created.operation()).state() == State.FAILED);
        assertThat(rig.operation(created.operation()).error()).contains(taken);
    }

    @Test
    void onlyWhatLeavesCanBeKept() {
        rig.install((resource, call) -> Reconciled.kept(resource.desired(), "no"));
        rig.apply("r1", 8);
        await(() -> rig.resource("r1").status().conditions().stream()
                .anyMatch(condition -> condition.reason().equals("ControllerFailed")));
        assertThat(condition(rig.resource("r1"), "Reconciled").message()).contains("answered KEPT");
    }

    @Test
    void badInputIsRefusedWithPlaces() {
        rig.install((resource, call) -> made(resource));
        SmoException refused = catchThrowableOfType(SmoException.class, () -> rig.desk()
                .apply(
                        rack("Bad Name"),
                        new ResourceWish(
                                JsonObject.EMPTY
                                        .with("slots", JsonNumber.of(99))
                                        .with("colour", JsonNumber.of(1)),
                                Map.of("no label!", "x"),
                                OptionalLong.empty()),
                        CallContext.INTERNAL));
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
        assertThat(refused.violations())
                .extracting(Violation::pointer)
                .contains("/name", "/labels/no label!", "/desired/slots");
        assertThat(rig.desk().list(ResourceQuery.all("rack", 10), CallContext.INTERNAL))
                .isEmpty();
    }

    @Test
    void aRepeatedRequestIsAnsweredWithItsOperation() {
        rig.install((resource, call) -> made(resource));
        RequestOrigin origin = new RequestOrigin("me", "c", Optional.of(new IdempotencyKey("k", "f")));
        Accepted first = rig.desk().apply(rack("r1"), slots(8), new CallContext(origin, Optional.empty()));
        Accepted again = rig.desk().apply(rack("r1"), slots(8), new CallContext(origin, Optional.empty()));
        assertThat(again.operation().map(Operation::id))
                .isEqualTo(first.operation().map(Operation::id));
        assertThat(rig.resource("r1").generation()).isEqualTo(1);
    }

    @Test
    void onlyTheWantedGenerationIsChanged() {
        rig.install((resource, call) -> made(resource));
        rig.apply("r1", 8);
        ResourceWish stale = new ResourceWish(slots(3).desired(), Map.of(), OptionalLong.of(7));
        ResourceWish fresh = new ResourceWish(slots(3).desired(), Map.of(), OptionalLong.of(0));
        for (ResourceWish wish : List.of(stale, fresh)) {
            SmoException refused = catchThrowableOfType(
                    SmoException.class, () -> rig.desk().apply(rack("r1"), wish, CallContext.INTERNAL));
            assertThat(refused.kind()).isEqualTo(SmoException.Kind.CONFLICT);
        }
        assertThat(rig.resource("r1").generation()).isEqualTo(1);
    }

    @Test
    void aControllerThatThrowsIsCalledAgainAndReported() {
        AtomicBoolean broken = new AtomicBoolean(true);
        rig.install((resource, call) -> {
            if (broken.get()) {
                throw new IllegalStateException("a defect");
            }
            return made(resource);
        });
        Accepted accepted = rig.apply("r1", 8);
        await(() -> !rig.resource("r1").status().conditions().isEmpty());
        assertThat(condition(rig.resource("r1"), "Reconciled").reason()).isEqualTo("ControllerFailed");
        assertThat(rig.operation(accepted.operation()).error().orElseThrow().message())
                .contains("a defect")
                .contains("acme.racks");
        broken.set(false);
        awaitPhase("r1", Phase.READY);
        assertThat(rig.operation(accepted.operation()).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void contradictoryAnswersOfAControllerAreRejected() {
        AtomicInteger calls = new AtomicInteger();
        rig.install((resource, call) -> switch (calls.getAndIncrement()) {
            case 0 -> null;
            case 1 -> Reconciled.gone();
            case 2 -> Reconciled.ready(resource.desired()).again(Duration.ofSeconds(-1));
            case 3 ->
                Reconciled.ready(resource.desired()).with(new Statement("Ready", Condition.Status.FALSE, "No", ""));
            case 4 ->
                Reconciled.ready(JsonObject.EMPTY.with(
                        "large", new eu.nephele.smo.api.model.JsonValue.JsonString("x".repeat(3_000))));
            default -> made(resource);
        });
        rig.apply("r1", 8);
        awaitPhase("r1", Phase.READY);
        assertThat(calls).hasValue(6);
    }

    @Test
    void aFailureOutsideHoldsTheOperationUp() {
        AtomicBoolean away = new AtomicBoolean(true);
        rig.install((resource, call) -> {
            if (away.get()) {
                throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "warehouse", "The warehouse is away");
            }
            return made(resource);
        });
        Accepted accepted = rig.apply("r1", 8);
        await(() -> rig.operation(accepted.operation()).error().isPresent());
        Operation heldUp = rig.operation(accepted.operation());
        assertThat(heldUp.state()).isEqualTo(State.RUNNING);
        assertThat(heldUp.error().orElseThrow().source()).isEqualTo("warehouse");
        away.set(false);
        awaitPhase("r1", Phase.READY);
        assertThat(rig.operation(accepted.operation()).error()).isEmpty();
    }

    @Test
    void whatFailsForGoodEndsItsOperation() {
        rig.install((resource, call) -> Reconciled.failed(JsonObject.EMPTY, "there is no such rack"));
        Accepted accepted = rig.apply("r1", 8);
        awaitPhase("r1", Phase.FAILED);
        assertThat(rig.operation(accepted.operation()).state()).isEqualTo(State.FAILED);
        assertThat(events()).contains("rack.failed");
    }

    @Test
    void aBlockedControllerDoesNotStopOtherResourcesAndIsNotCalledTwice() {
        CountDownLatch release = new CountDownLatch(1);
        Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        AtomicBoolean twice = new AtomicBoolean();
        InstalledController installed = rig.install((resource, call) -> {
            AtomicInteger now = inside.computeIfAbsent(resource.ref().name(), any -> new AtomicInteger());
            if (now.incrementAndGet() > 1) {
                twice.set(true);
            }
            try {
                if (resource.ref().name().equals("stuck")) {
                    ignoringInterruption(release);
                }
                return made(resource);
            } finally {
                now.decrementAndGet();
            }
        });
        rig.apply("stuck", 1);
        await(() -> installed.lost().get() == 1);
        rig.apply("r1", 8);
        awaitPhase("r1", Phase.READY);
        assertThat(condition(rig.resource("stuck"), "Reconciled").reason()).startsWith("Controller");
        rig.desk().wake(rack("stuck"));
        rig.apply("r2", 8);
        awaitPhase("r2", Phase.READY);
        assertThat(twice).as("called again before it has answered").isFalse();
        assertThat(installed.lost()).hasValue(1);

        release.countDown();
        awaitPhase("stuck", Phase.READY);
        assertThat(installed.lost()).hasValue(0);
        assertThat(twice).isFalse();
    }

    static void ignoringInterruption(CountDownLatch release) {
        boolean released = false;
        while (!released) {
            try {
                release.await();
                released = true;
            } catch (InterruptedException ignored) {
                // that is what it is about
            }
        }
    }

    @Test
    void withTooManyLostCallsItIsNotAskedUntilOneEndsAndTheOperatorIsWarned() {
        CountDownLatch release = new CountDownLatch(1);
        rig.install((resource, call) -> {
            if (resource.ref().name().startsWith("stuck")) {
                ignoringInterruption(release);
            }
            return made(resource);
        });
        rig.apply("stuck1", 1);
        rig.apply("stuck2", 1);
        await(() -> !rig.runtime().warnings().warnings().isEmpty());
        rig.apply("r1", 8);
        await(() -> !rig.resource("r1").status().conditions().isEmpty());
        assertThat(condition(rig.resource("r1"), "Reconciled").reason()).isEqualTo("ControllerBlocked");
        release.countDown();
        awaitPhase("r1", Phase.READY);
        assertThat(rig.runtime().warnings().warnings()).isEmpty();
    }

    @Test
    void aKindWhoseControllerIsSlowHoldsUpNoOther() {
        CountDownLatch release = new CountDownLatch(1);
        rig.install("1.0.0", RuntimeRig.shelves(), (resource, call) -> {
            release.await();
            return made(resource);
        });
        rig.install((resource, call) -> made(resource));
        for (int shelf = 0; shelf < 20; shelf++) {
            rig.desk().apply(new ResourceRef("shelf", "", "s" + shelf), slots(1), CallContext.INTERNAL);
        }
        long begun = System.nanoTime();
        rig.apply("r1", 8);
        awaitPhase("r1", Phase.READY);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("20 calls of 300 ms each would be before it on 2 threads, were they the same")
                .isLessThan(Duration.ofSeconds(2));
        release.countDown();
    }

    @Test
    void whatLeavesIsTakenAwayWhateverItsDocumentSays() {
        rig.install((resource, call) -> made(resource));
        rig.apply("r1", 60);
        awaitPhase("r1", Phase.READY);
        ResourceKind next = kind(2, "{\"type\": \"object\", \"properties\": {\"slots\": {\"maximum\": 32}}}");
        rig.install("2.0.0", next, (resource, call) -> made(resource));
        await(() -> condition(rig.resource("r1"), "Reconciled").reason().equals("DocumentInvalid"));
        rig.desk().remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        await(() -> rig.desk().find(rack("r1"), CallContext.INTERNAL).isEmpty());
    }

    @Test
    void whileItsControllerIsAwayAResourceIsKeptReadAndCanBeRemoved() {
        InstalledController installed = rig.install((resource, call) -> made(resource));
        rig.apply("r1", 8);
        awaitPhase("r1", Phase.READY);
        rig.runtime().controllers().remove(installed);

        SmoException refused = catchThrowableOfType(SmoException.class, () -> rig.apply("r1", 9));
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
        assertThat(rig.resource("r1").status().phase()).isEqualTo(Phase.READY);
        assertThat(condition(rig.resource("r1"), "Reconciled").reason()).isEqualTo("ControllerAway");
        Operation removal = rig.desk().remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        assertThat(rig.desk()
                        .remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL)
                        .id())
                .isEqualTo(removal.id());
        assertThat(rig.desk().find(rack("r1"), CallContext.INTERNAL)).isPresent();

        rig.install((resource, call) -> made(resource));
        await(() -> rig.desk().find(rack("r1"), CallContext.INTERNAL).isEmpty());
    }

    @Test
    void whatNobodyTakesAwayCanBeForgotten() {
        InstalledController installed = rig.install((resource, call) -> made(resource));
        rig.apply("r1", 8);
        awaitPhase("r1", Phase.READY);
        rig.runtime().controllers().remove(installed);
        Operation waiting = rig.desk().remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        Operation forgotten = rig.desk().forget(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        assertThat(forgotten.state()).isEqualTo(State.SUCCEEDED);
        assertThat(forgotten.message()).contains("everything outside was left in place");
        assertThat(rig.desk().find(rack("r1"), CallContext.INTERNAL)).isEmpty();
        assertThat(rig.operation(Optional.of(waiting)).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void whatIsForgottenIsLeftOutside() {
        Set<String> taken = ConcurrentHashMap.newKeySet();
        rig.install((resource, call) -> {
            if (resource.leaving()) {
                taken.add(resource.ref().name());
            }
            return made(resource);
        });
        rig.apply("r1", 8);
        awaitPhase("r1", Phase.READY);
        SmoException refused = catchThrowableOfType(
                SmoException.class, () -> rig.desk().forget(rack("r1"), OptionalLong.of(7), CallContext.INTERNAL));
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.CONFLICT);
        rig.desk().forget(rack("r1"), OptionalLong.of(1), CallContext.INTERNAL);
        assertThat(rig.desk().find(rack("r1"), CallContext.INTERNAL)).isEmpty();
        rig.apply("r2", 8);
        awaitPhase("r2", Phase.READY);
        rig.desk().remove(rack("r2"), OptionalLong.empty(), CallContext.INTERNAL);
        await(() -> rig.desk().find(rack("r2"), CallContext.INTERNAL).isEmpty());
        assertThat(taken).containsExactly("r2");
    }

    @Test
    void aControllerThatDoesNotReadDocumentsOfBeforeInTimeIsGivenUp() {
        rig.install((resource, call) -> made(resource));
        rig.apply("r1", 8);
        awaitPhase("r1", Phase.READY);
        ResourceKind next = kind(2, RuntimeRig.SCHEMA);
        rig.install("2.0.0", next, new ResourceController() {
            @Override
            public ResourceKind kind() {
                return next;
            }

            @Override
            public Reconciled reconcile(Resource resource, Reconciliation call) {
                return made(resource);
            }

            @Override
            public JsonObject upgraded(JsonObject desired, int documentVersion) {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                return desired;
            }
        });
        await(() -> condition(rig.resource("r1"), "Reconciled").reason().equals("ControllerTimedOut"));
    }

    @Test
    void aRepeatedRemovalIsAnsweredWithTheOneThatWasOpen() {
        InstalledController installed = rig.install((resource, call) -> made(resource));
        rig.apply("r1", 8);
        awaitPhase("r1", Phase.READY);
        rig.runtime().controllers().remove(installed);
        Operation first = rig.desk().remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        RequestOrigin keyed = new RequestOrigin("me", "c", Optional.of(new IdempotencyKey("k", "f")));
        assertThat(rig.desk()
                        .remove(rack("r1"), OptionalLong.empty(), new CallContext(keyed, Optional.empty()))
                        .id())
                .isEqualTo(first.id());
        rig.install((resource, call) -> made(resource));
        await(() -> rig.desk().find(rack("r1"), CallContext.INTERNAL).isEmpty());
        rig.apply("r1", 9);
        assertThat(rig.desk()
                        .remove(rack("r1"), OptionalLong.empty(), new CallContext(keyed, Optional.empty()))
                        .id())
                .as("the same request again does not remove the one that was made since")
                .isEqualTo(first.id());
        assertThat(rig.desk().find(rack("r1"), CallContext.INTERNAL)).isPresent();
    }

    @Test
    void reconciliationContinuesAfterARestart() {
        rig.install((resource, call) -> Reconciled.progressing(JsonObject.EMPTY, "the lorry"));
        Accepted accepted = rig.apply("r1", 8);
        await(() -> rig.operation(accepted.operation()).state() == State.RUNNING);
        rig.restart();
        assertThat(rig.resource("r1").status().phase()).isEqualTo(Phase.PROGRESSING);
        rig.install((resource, call) -> made(resource));
        awaitPhase("r1", Phase.READY);
        assertThat(rig.operation(accepted.operation()).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void theHighestVersionIsAskedAndTheOneBeforeWhenItGoes() {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        rig.install("1.0.0", kind(1, RuntimeRig.SCHEMA), (resource, call) -> {
            asked.add("old");
            return made(resource);
        });
        InstalledController better = rig.install("1.1.0", kind(1, RuntimeRig.SCHEMA), (resource, call) -> {
            asked.add("new");
            return made(resource);
        });
        rig.apply("r1", 8);
        awaitPhase("r1", Phase.READY);
        assertThat(asked).containsExactly("new");
        rig.runtime().controllers().remove(better);
        await(() -> asked.contains("old"));
    }

    @Test
    void documentsOfBeforeAreUpgradedOrLeftAlone() {
        rig.install((resource, call) -> made(resource));
        rig.apply("r1", 8);
        rig.apply("r2", 60);
        awaitPhase("r1", Phase.READY);
        awaitPhase("r2", Phase.READY);
        ResourceKind next = kind(2, """
            {"type": "object", "additionalProperties": false, "required": ["units"],
             "properties": {"units": {"type": "integer", "maximum": 32}}}\
            """);
        rig.install("2.0.0", next, new ResourceController() {
            @Override
            public ResourceKind kind() {
                return next;
            }

            @Override
            public Reconciled reconcile(Resource resource, Reconciliation call) {
                return made(resource);
            }

            @Override
            public JsonObject upgraded(JsonObject desired, int documentVersion) {
                return JsonObject.EMPTY.with("units", desired.get("slots").orElseThrow());
            }
        });
        await(() -> rig.resource("r1").status().observed().get("units").isPresent());
        await(() -> condition(rig.resource("r2"), "Reconciled").reason().equals("DocumentInvalid"));
        assertThat(condition(rig.resource("r2"), "Reconciled").message()).contains("/units");
        assertThat(rig.resource("r2").desired())
                .as("nothing is lost")
                .isEqualTo(slots(60).desired());
    }

    @Test
    void resourcesAreChosenByTheFieldsOfTheirKind() {
        rig.install((resource, call) -> made(resource));
        rig.apply("r1", 8);
        rig.apply("r2", 9);
        ResourceQuery by = new ResourceQuery(
                "rack", Optional.empty(), Map.of(), Map.of("/slots", "9"), Optional.empty(), Optional.empty(), 10);
        assertThat(rig.desk().list(by, CallContext.INTERNAL))
                .extracting(resource -> resource.ref().name())
                .containsExactly("r2");
        ResourceQuery wrong = new ResourceQuery(
                "rack", Optional.empty(), Map.of(), Map.of("/size", "9"), Optional.empty(), Optional.empty(), 10);
        SmoException refused =
                catchThrowableOfType(SmoException.class, () -> rig.desk().list(wrong, CallContext.INTERNAL));
        assertThat(refused.getMessage()).contains("/slots");
    }

    @Test
    void aLaterDesiredStateSupersedesTheFormerOne() {
        rig.install((resource, call) ->
                resource.generation() < 2 ? Reconciled.progressing(JsonObject.EMPTY, "") : made(resource));
        Accepted first = rig.apply("r1", 8);
        Accepted second = rig.apply("r1", 9);
        awaitPhase("r1", Phase.READY);
        assertThat(rig.operation(first.operation()).state()).isEqualTo(State.SUPERSEDED);
        assertThat(rig.operation(second.operation()).state()).isEqualTo(State.SUCCEEDED);
    }
}
