// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.Reconciled.Statement;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory.Validator;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.descriptor.schema.InstalledSchemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of infrastructure, with a provider whose work ends by hand, and kills between any two passes. */
class InfrastructureControllerTest {

    private static final String WISH = "{\"provider\": \"rack\", \"wish\": {\"name\": \"burst\"}}";
    private static final String FOUR = "{\"provider\": \"rack\", \"wish\": {\"name\": \"burst\"}, \"nodes\": 4}";
    private static final String ADOPTED = "{\"provider\": \"rack\", \"id\": \"burst\"}";

    private final Rig rig = new Rig(WISH);
    private final HandDriven plain = new HandDriven(false);
    private final HandDriven keyed = new HandDriven(true);

    private static String observed(Reconciled answer, String name) {
        return answer.observed().get(name).flatMap(JsonValue::asString).orElse("");
    }

    private void made() throws InterruptedException {
        rig.passes();
        ((HandDriven) rig.providers.get("rack").provider()).last(HandDriven.burst("READY"));
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.READY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isMadeOnceAndReadyWhenItsProviderSaysSo(boolean recognises) throws InterruptedException {
        HandDriven rack = rig.provider(recognises ? keyed : plain);
        Reconciled going = rig.passes();
        assertThat(going.outcome()).isEqualTo(Outcome.PROGRESSING);
        rig.passes();
        assertThat(rack.asked).containsExactly(recognises ? "create " + rig.resource.key("infrastructure") : "create");
        assertThat(rig.woken).isEmpty();

        rack.last(HandDriven.burst("BOOTED"));
        assertThat(rig.woken).containsExactly(rig.resource.ref());
        Reconciled ready = rig.passes();
        assertThat(ready.outcome()).isEqualTo(Outcome.READY);
        assertThat(observed(ready, "id")).isEqualTo("burst");
        assertThat(observed(ready, "status")).isEqualTo("BOOTED");
        assertThat(ready.steps())
                .containsExactly(new Step(Operation.Action.INSTALL, "rack/burst", "BOOTED", StepState.DONE, ""));
        rig.passes();
        assertThat(rack.asked).hasSize(1);
    }

    @Test
    void aProviderThatRecognisesNothingIsAskedOnlyAfterThatIsStored() throws InterruptedException {
        rig.provider(plain);
        rig.unstored();
        rig.unstored();
        assertThat(plain.asked).isEmpty();
        rig.pass();
        assertThat(plain.asked).isEmpty();
        rig.pass();
        assertThat(plain.asked).containsExactly("create");
    }

    @Test
    void afterAKillACreationIsRepeatedUnderItsKey() throws InterruptedException {
        rig.provider(keyed);
        rig.unstored();
        rig.kill();
        rig.passes();
        rig.kill();
        rig.passes();
        assertThat(keyed.asked).hasSize(3).allMatch(keyed.asked.get(0)::equals);
        keyed.last(HandDriven.burst("READY"));
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.READY);
    }

    @Test
    void afterAKillACreationOfWhichNobodyKnowsTheEndFailsAndSaysWhatToDo() throws InterruptedException {
        rig.provider(plain);
        rig.passes();
        rig.kill();
        Reconciled failed = rig.passes();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.message())
                .contains("It is unknown whether rack has created it")
                .contains("Look at its list")
                .contains("give this resource its id")
                .contains("remove this resource");
        rig.kill();
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(plain.asked).containsExactly("create");

        plain.listed = List.of(HandDriven.burst("READY"));
        rig.want(WISH.replace("}}", "}, \"id\": \"burst\"}"));
        assertThat(rig.passes().outcome()).as("adopted").isEqualTo(Outcome.READY);
        assertThat(plain.asked).containsExactly("create");
    }

    @Test
    void afterAKillInTheMiddleOfItAnotherAttemptIsMadeWhenSomebodyWantsIt() throws InterruptedException {
        rig.provider(plain);
        rig.passes();
        rig.kill();
        rig.passes();
        rig.want(WISH.replace("}}", "}, \"attempt\": 1}"));
        rig.passes();
        assertThat(plain.asked).containsExactly("create", "create");
    }

    @Test
    void aCreationWhoseEndWasNotStoredIsNotRepeated() throws InterruptedException {
        rig.provider(plain);
        rig.passes();
        plain.last(HandDriven.burst("READY"));
        assertThat(rig.unstored().outcome()).isEqualTo(Outcome.READY);
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.READY);
        assertThat(plain.asked).hasSize(1);
    }

    @Test
    void aDesiredStateThatChangesDuringCreationCreatesNoSecondCluster() throws InterruptedException {
        rig.provider(keyed);
        rig.passes();
        rig.want(WISH.replace("burst", "other"));
        rig.passes();
        assertThat(keyed.asked).hasSize(1);
        keyed.last(HandDriven.burst("READY"));
        rig.passes();
        Reconciled failed = rig.passes();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.message()).contains("was created for another desired state");
        rig.want(WISH);
        assertThat(rig.passes().outcome()).as("taken back").isEqualTo(Outcome.READY);
    }

    @Test
    void aDesiredStateThatChangesDuringCreationIsNotSentUnderTheFormerIdempotencyKey() throws InterruptedException {
        rig.provider(keyed);
        rig.passes();
        rig.want(WISH.replace("burst", "other"));
        rig.passes();
        rig.kill();
        rig.passes();
        assertThat(keyed.wishes).hasSize(2).allMatch(wish -> wish.toJson().contains("burst"));
        keyed.last(HandDriven.burst("READY"));
        assertThat(rig.passes().message()).contains("was created for another desired state");
        rig.want(WISH);
        assertThat(rig.passes().outcome()).as("taken back").isEqualTo(Outcome.READY);
    }

    @Test
    void aDesiredStateThatChangesBeforeTheRequestIsTheRequestedOne() throws InterruptedException {
        rig.provider(plain);
        rig.pass();
        rig.want(WISH.replace("burst", "other"));
        rig.passes();
        assertThat(plain.wishes).singleElement().matches(wish -> wish.toJson().contains("other"));
        plain.last(HandDriven.burst("READY"));
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.READY);
        assertThat(rig.passes().outcome()).as("created by this request").isEqualTo(Outcome.READY);
    }

    @Test
    void whatOneProviderIsMakingIsNotAskedOfAnother() throws InterruptedException {
        rig.provider(keyed);
        rig.passes();
        HandDriven cloud = new HandDriven(true);
        rig.providers.put("cloud", new ProviderInstance(cloud, 77));
        rig.want(WISH.replace("rack", "cloud"));
        rig.kill();
        rig.passes();
        assertThat(cloud.asked).isEmpty();
        keyed.last(HandDriven.burst("READY"));
        Reconciled failed = rig.passes();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.message()).contains("burst of rack");
    }

    @Test
    void theRequestIsStoredOnlyWhileItMayHaveToBeRepeated() throws InterruptedException {
        rig.provider(keyed);
        rig.passes();
        assertThat(rig.resource.status().observed().toJson()).contains("\"wish\"");
        keyed.last(HandDriven.burst("READY"));
        rig.passes();
        assertThat(rig.resource.status().observed().toJson()).doesNotContain("\"wish\"");
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, UNAVAILABLE",
        "TIMED_OUT, TIMED_OUT",
        "NOT_FOUND, NOT_FOUND",
        "CONFLICT, CONFLICT",
        "REFUSED, UPSTREAM_FAILED"
    })
    void aRefusalEndsWhatWasAskedForUntilSomebodyAsksAgain(Kind kind, SmoException.Kind told)
            throws InterruptedException {
        HandDriven rack = rig.provider(keyed);
        rig.passes();
        rack.lastFails(HandDriven.no(kind));
        Reconciled failed = rig.passes();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.fault()).contains(new Operation.Fault(told, "rack", "the rack says no"));
        rig.kill();
        assertThat(rig.passes().fault()).as("after a restart").isEqualTo(failed.fault());
        assertThat(rack.asked).hasSize(1);

        rig.want(WISH.replace("}}", "}, \"attempt\": 1}"));
        rig.passes();
        assertThat(rack.asked).hasSize(2);
    }

    @Test
    void nodesAreGivenWhenTheyDifferFromWhatWasAskedLast() throws InterruptedException {
        rig.provider(keyed);
        rig.want(FOUR);
        rig.passes();
        keyed.last(HandDriven.burst("BOOTED"));
        rig.passes();
        assertThat(keyed.asked.get(1)).isEqualTo("scale burst 4");
        keyed.last(HandDriven.burst("GROWN"));
        Reconciled ready = rig.passes();
        assertThat(observed(ready, "status")).isEqualTo("GROWN");
        assertThat(ready.steps())
                .extracting(Step::action)
                .containsExactly(Operation.Action.INSTALL, Operation.Action.SCALE);
        rig.passes();
        assertThat(keyed.asked).hasSize(2);

        rig.want(FOUR.replace("4", "5"));
        rig.passes();
        rig.want(FOUR.replace("4", "6"));
        rig.passes();
        assertThat(keyed.asked).as("one after the other").hasSize(3);
        keyed.last(HandDriven.burst("GROWN"));
        rig.passes();
        assertThat(keyed.asked).hasSize(4).last().isEqualTo("scale burst 6");
    }

    @Test
    void scalingIsRepeatedAfterAKill() throws InterruptedException {
        rig.provider(plain);
        made();
        rig.want(FOUR);
        rig.passes();
        rig.kill();
        rig.passes();
        assertThat(plain.asked).containsExactly("create", "scale burst 4", "scale burst 4");
        plain.last(HandDriven.burst("READY"));
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.READY);
    }

    @Test
    void isDeletedWhenItLeavesAndNotFoundMeansGone() throws InterruptedException {
        rig.provider(plain);
        made();
        rig.remove();
        rig.passes();
        assertThat(plain.asked).last().isEqualTo("delete burst");
        rig.kill();
        rig.passes();
        plain.lastFails(HandDriven.no(Kind.NOT_FOUND));
        Reconciled gone = rig.passes();
        assertThat(gone.outcome()).isEqualTo(Outcome.GONE);
        assertThat(gone.steps())
                .extracting(Step::state)
                .as("deleted by the call before the kill")
                .containsExactly(StepState.DONE);
    }

    @Test
    void whatWasNotThereIsGoneAndSaysSo() throws InterruptedException {
        rig.provider(plain);
        made();
        rig.remove();
        rig.passes();
        plain.lastFails(HandDriven.no(Kind.NOT_FOUND));
        Reconciled gone = rig.passes();
        assertThat(gone.outcome()).isEqualTo(Outcome.GONE);
        assertThat(gone.steps())
                .containsExactly(
                        new Step(Operation.Action.REMOVE, "rack/burst", "", StepState.FAILED, "the rack says no"));
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "NOT_FOUND", mode = EnumSource.Mode.EXCLUDE)
    void aDeletionThatFailsIsOverAndNothingIsDeletedLater(Kind kind) throws InterruptedException {
        rig.provider(plain);
        made();
        rig.remove();
        rig.passes();
        plain.lastFails(HandDriven.no(kind));
        assertThat(rig.pass().outcome()).isEqualTo(Outcome.KEPT);
        plain.listed = List.of(HandDriven.burst("READY"));
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.READY);
        assertThat(plain.asked).hasSize(2);

        rig.remove();
        rig.passes();
        assertThat(plain.asked).hasSize(3).last().isEqualTo("delete burst");
    }

    @Test
    void aDeletionDoesNotWaitForNodes() throws InterruptedException {
        rig.provider(plain);
        made();
        rig.want(FOUR);
        rig.passes();
        rig.remove();
        rig.passes();
        assertThat(plain.asked).containsExactly("create", "scale burst 4", "delete burst");
    }

    @Test
    void whatIsBeingMadeIsDeletedWhenItIsThere() throws InterruptedException {
        rig.provider(plain);
        rig.passes();
        rig.remove();
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(plain.asked).containsExactly("create");
        plain.last(HandDriven.burst("READY"));
        rig.passes();
        assertThat(plain.asked).containsExactly("create", "delete burst");
        plain.last(HandDriven.burst("GONE"));
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.GONE);
    }

    @Test
    void whatMayHaveBeenMadeBeforeAKillIsFoundByItsKeyAndDeleted() throws InterruptedException {
        rig.provider(keyed);
        rig.passes();
        rig.kill();
        rig.remove();
        rig.passes();
        keyed.last(HandDriven.burst("READY"));
        rig.passes();
        assertThat(keyed.asked).hasSize(3).last().isEqualTo("delete burst");
    }

    @Test
    void whatMayHaveBeenMadeWithoutAKeyIsLeftWithAWarning() throws InterruptedException {
        rig.provider(plain);
        rig.passes();
        rig.kill();
        rig.remove();
        Reconciled gone = rig.passes();
        assertThat(gone.outcome()).isEqualTo(Outcome.GONE);
        assertThat(gone.message()).contains("it is unknown whether rack has created something");
        assertThat(plain.asked).containsExactly("create");
    }

    @Test
    void whatWasNeverAskedForGoesAtOnce() throws InterruptedException {
        rig.provider(plain);
        rig.pass();
        rig.remove();
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.GONE);
        assertThat(plain.asked).isEmpty();
    }

    @Test
    void withoutItsProviderItWaitsAndNothingIsLost() throws InterruptedException {
        assertThatThrownBy(rig::pass).isInstanceOfSatisfying(AdapterException.class, away -> assertThat(away.kind())
                .isEqualTo(Kind.UNAVAILABLE));
        rig.provider(plain);
        rig.passes();
        rig.providers.clear();
        Reconciled waiting = rig.passes();
        assertThat(waiting.outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(waiting.message()).contains("The provider rack is unavailable");

        plain.last(HandDriven.burst("READY"));
        assertThat(rig.passes().outcome()).as("it has ended nevertheless").isEqualTo(Outcome.READY);
    }

    @Test
    void aProviderThatComesBackAsAnotherIsAskedAgainWhereThatDoesNoHarm() throws InterruptedException {
        rig.provider(keyed);
        rig.passes();
        HandDriven back = rig.provider(new HandDriven(true));
        rig.passes();
        assertThat(back.asked).isEqualTo(keyed.asked);
        back.last(HandDriven.burst("READY"));
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.READY);
    }

    @Test
    void aProviderThatComesBackAsAnotherIsNotAskedAgainWithoutKeys() throws InterruptedException {
        rig.provider(keyed);
        rig.passes();
        HandDriven back = rig.provider(new HandDriven(false));
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(back.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProviderThatFallsApartBecauseItLeavesHasSaidNothing(boolean recognises) throws InterruptedException {
        HandDriven rack = rig.provider(recognises ? keyed : plain);
        rig.passes();
        rig.providers.clear();
        rack.lastFails(HandDriven.no(Kind.UNAVAILABLE));
        assertThat(rig.passes().outcome()).isEqualTo(Outcome.PROGRESSING);

        HandDriven back = rig.provider(new HandDriven(recognises));
        Reconciled answer = rig.passes();
        assertThat(back.asked).hasSize(recognises ? 1 : 0);
        assertThat(answer.outcome()).isEqualTo(recognises ? Outcome.PROGRESSING : Outcome.FAILED);
        assertThat(answer.message()).contains(recognises ? "rack is at work" : "It is unknown");
    }

    @Test
    void aProviderThatThrowsInsteadOfAnsweringIsUnderstood() throws InterruptedException {
        rig.provider(keyed);
        keyed.thrown = Optional.of(HandDriven.no(Kind.CONFLICT));
        Reconciled failed = rig.passes();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.fault().orElseThrow().kind()).isEqualTo(SmoException.Kind.CONFLICT);
    }

    @Test
    void aDefectIsReportedWithoutItsInside() throws InterruptedException {
        rig.provider(keyed);
        keyed.thrown = Optional.of(new IllegalStateException("a secret inside"));
        Reconciled failed = rig.passes();
        assertThat(failed.message()).contains("has a defect").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "id", "status", "details"})
    @SuppressWarnings("NullAway") // what others must not answer
    void aContradictoryAnswerOfTheProviderIsADefect(String what) throws InterruptedException {
        rig.provider(keyed);
        rig.passes();
        keyed.last(
                switch (what) {
                    case "nothing" -> null;
                    case "id" -> new Infrastructure("", "READY", JsonObject.EMPTY);
                    case "status" -> new Infrastructure("burst", null, JsonObject.EMPTY);
                    default -> new Infrastructure("burst", "READY", null);
                });
        Reconciled failed = rig.passes();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.message()).contains("rack has a defect");
    }

    @Test
    void detailsThatCannotBeKeptAreLeftOut() throws InterruptedException {
        rig.provider(keyed);
        rig.passes();
        JsonObject large = JsonObject.EMPTY.with("text", new JsonString("x".repeat(200_000)));
        keyed.last(new Infrastructure("burst", "READY", large));
        Reconciled ready = rig.passes();
        assertThat(ready.outcome()).isEqualTo(Outcome.READY);
        assertThat(ready.observed().toJson()).contains("omitted").hasSizeLessThan(1000);
    }

    @Test
    void whatIsAdoptedIsLookedForAndNothingIsMade() throws InterruptedException {
        rig.provider(keyed);
        rig.want(ADOPTED);
        Reconciled missing = rig.passes();
        assertThat(missing.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(missing.message()).isEqualTo("rack does not list burst");

        rig.kill();
        keyed.listed = List.of(HandDriven.burst("FOUND"));
        Reconciled ready = rig.passes();
        assertThat(ready.outcome()).isEqualTo(Outcome.READY);
        assertThat(observed(ready, "status")).isEqualTo("FOUND");
        assertThat(keyed.asked).isEmpty();
    }

    @Test
    void whatIsNotListedAnyMoreShows() throws InterruptedException {
        rig.provider(keyed);
        made();
        Reconciled looked = rig.passes();
        assertThat(looked.statements()).extracting(Statement::reason).containsExactly("NotListed");
        rig.kill();
        keyed.thrown = Optional.of(HandDriven.no(Kind.UNAVAILABLE));
        assertThat(rig.passes().statements()).extracting(Statement::reason).containsExactly("ProviderFailed");
        keyed.thrown = Optional.of(new IllegalStateException("a secret inside"));
        assertThat(rig.passes().statements())
                .extracting(Statement::message)
                .containsExactly("The provider rack has a defect; the log says more");
        rig.providers.clear();
        assertThat(rig.passes().statements()).extracting(Statement::reason).containsExactly("ProviderAway");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"provider\": \"other\", \"id\": \"burst\"}", "{\"provider\": \"rack\", \"id\": \"other\"}"})
    void infrastructureCannotChangeItsProviderOrId(String desired) throws InterruptedException {
        rig.provider(keyed);
        made();
        rig.want(desired);
        Reconciled failed = rig.passes();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.message()).contains("burst of rack");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"provider\": \"rack\"} | 1",
                "{\"wish\": {}} | 1",
                "{\"provider\": \"rack\", \"wish\": []} | 1",
                "{\"provider\": \"rack\", \"wish\": {}, \"nodes\": -1} | 1",
                "{\"provider\": \"rack\", \"wish\": {}, \"size\": 1} | 1",
                "{\"provider\": \"rack\", \"wish\": {}} | 0",
                "{\"provider\": \"rack\", \"id\": \"a\", \"nodes\": 0, \"attempt\": 3} | 0"
            })
    void theSchemaSaysWhatADocumentIs(String desired, int mistakes) {
        String schema = new InfrastructureController(Map::of, ref -> {}, ref -> Optional.empty())
                .kind()
                .schema();
        Validator validator = new InstalledSchemas().checker(StrictJson.parseObject(schema));
        assertThat(validator.check(StrictJson.parseObject(desired), 50).isEmpty())
                .isEqualTo(mistakes == 0);
    }

    @Test
    void theKeyIsThatOfTheResourceForEver() {
        Resource same = rig.resource;
        assertThat(same.key("infrastructure")).isEqualTo("infrastructure/i1/u1/infrastructure");
    }
}
