// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static eu.nephele.smo.core.runtime.RuntimeRig.await;
import static eu.nephele.smo.core.runtime.RuntimeRig.kind;
import static eu.nephele.smo.core.runtime.RuntimeRig.made;
import static eu.nephele.smo.core.runtime.RuntimeRig.rack;
import static eu.nephele.smo.core.runtime.RuntimeRig.slots;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.ResourceService.Accepted;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request that comes again is answered with its operation, whatever holds by now. */
class RepeatedRequestsTest {

    private RuntimeRig rig;
    private InstalledController installed;

    @BeforeEach
    void start() throws SQLException {
        rig = new RuntimeRig();
        installed = rig.install((resource, call) -> made(resource));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static CallContext keyed(String key) {
        return keyed(key, "print of " + key);
    }

    private static CallContext keyed(String key, String fingerprint) {
        return new CallContext(
                new RequestOrigin("me", "c", Optional.of(new IdempotencyKey(key, fingerprint))), Optional.empty());
    }

    private Accepted apply(int slots, CallContext call) {
        return rig.desk().apply(rack("r1"), slots(slots), call);
    }

    private static String id(Accepted accepted) {
        return accepted.operation().map(Operation::id).orElseThrow();
    }

    private void awaitGone() {
        await(() -> rig.desk().find(rack("r1"), CallContext.INTERNAL).isEmpty());
    }

    @Test
    void aRepeatedRequestIsRecognizedWhileItsControllerIsAway() {
        Accepted first = apply(8, keyed("k"));
        rig.runtime().controllers().remove(installed);
        Accepted again = apply(8, keyed("k"));
        assertThat(id(again)).isEqualTo(id(first));
        assertThat(again.created()).as("when it came first").isTrue();
        SmoException refused = catchThrowableOfType(SmoException.class, () -> apply(8, keyed("new")));
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
    }

    @Test
    void aRepeatedRequestIsRecognizedWhenItsDocumentIsNoLongerValid() {
        Accepted first = apply(60, keyed("k"));
        String stricter = RuntimeRig.SCHEMA.replace("64", "32");
        rig.install("1.1.0", kind(1, stricter), (resource, call) -> made(resource));
        assertThat(id(apply(60, keyed("k")))).isEqualTo(id(first));
        SmoException refused = catchThrowableOfType(SmoException.class, () -> apply(60, keyed("new")));
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
    }

    @Test
    void aRepeatedRequestIsRecognizedWhenTheResourceIsGone() {
        Accepted first = apply(8, keyed("k"));
        rig.desk().remove(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL);
        awaitGone();
        Accepted again = apply(8, keyed("k"));
        assertThat(id(again)).isEqualTo(id(first));
        assertThat(again.resource().leaving()).isTrue();
        assertThat(again.resource().status().phase()).isEqualTo(Phase.LEAVING);
        assertThat(again.resource().desired()).isEqualTo(slots(8).desired());
        assertThat(rig.desk().find(rack("r1"), CallContext.INTERNAL))
                .as("it is not made again")
                .isEmpty();
    }

    @Test
    void aRepeatedRequestIsRecognizedWhenTheGenerationHasChanged() {
        ResourceWish onlyNew = new ResourceWish(slots(8).desired(), Map.of(), OptionalLong.of(0));
        Accepted first = rig.desk().apply(rack("r1"), onlyNew, keyed("k"));
        Accepted again = rig.desk().apply(rack("r1"), onlyNew, keyed("k"));
        assertThat(id(again)).isEqualTo(id(first));
    }

    @Test
    void aRepeatedRequestWithoutChangeDoesNotRevertLaterChanges() {
        apply(8, CallContext.INTERNAL);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        assertThat(apply(8, CallContext.INTERNAL).operation())
                .as("without a key there is nothing to recognise")
                .isEmpty();
        Accepted needless = apply(8, keyed("k"));
        Operation operation = rig.operation(needless.operation());
        assertThat(operation.state()).isEqualTo(State.SUCCEEDED);
        assertThat(operation.stages()).isEmpty();
        assertThat(operation.generation()).isEqualTo(1);
        assertThat(rig.resource("r1").generation()).isEqualTo(1);

        apply(9, CallContext.INTERNAL);
        Accepted again = apply(8, keyed("k"));
        assertThat(id(again)).isEqualTo(id(needless));
        assertThat(again.created()).isFalse();
        assertThat(rig.resource("r1").desired()).isEqualTo(slots(9).desired());
    }

    @Test
    void aKeyOfAnotherRequestIsReportedAsThat() {
        apply(8, keyed("k"));
        rig.runtime().controllers().remove(installed);
        SmoException refused = catchThrowableOfType(SmoException.class, () -> apply(9, keyed("k", "another")));
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNPROCESSABLE);
    }

    @Test
    void theKeyOfAnotherCallerForAnotherResourceTellsNothing() {
        apply(8, keyed("k"));
        RequestOrigin others =
                new RequestOrigin("somebody", "c", keyed("k").origin().idempotency());
        CallContext call = new CallContext(others, Optional.empty());
        SmoException refused =
                catchThrowableOfType(SmoException.class, () -> rig.desk().apply(rack("r2"), slots(8), call));
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.NOT_FOUND);
        assertThat(rig.desk().find(rack("r2"), CallContext.INTERNAL)).isEmpty();
    }

    @Test
    void ofManyThatComeAtOnceOneIsCarriedOutAndAllAreAnsweredWithIt() {
        var many = java.util.stream.IntStream.range(0, 16)
                .mapToObj(any -> CompletableFuture.supplyAsync(() -> id(apply(8, keyed("k")))))
                .toList();
        assertThat(many.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(rig.resource("r1").generation()).isEqualTo(1);
    }
}
