// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static eu.nephele.smo.core.runtime.RuntimeRig.await;
import static eu.nephele.smo.core.runtime.RuntimeRig.kind;
import static eu.nephele.smo.core.runtime.RuntimeRig.rack;
import static eu.nephele.smo.core.runtime.RuntimeRig.slots;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.ResourceService.Accepted;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory.Validator;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Code of a kind throws where nothing is expected to be thrown. */
class BrokenKindTest {

    private static final Validator FINE = (document, limit) -> List.of();

    private final AtomicReference<Validator> checker = new AtomicReference<>(FINE);
    private RuntimeRig rig;

    @BeforeEach
    void start() throws SQLException {
        rig = new RuntimeRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Validator failing(Throwable failure) {
        return (document, limit) -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    private InstalledController install(String version, int documentVersion) {
        return rig.install(
                version,
                kind(documentVersion, RuntimeRig.SCHEMA),
                (document, limit) -> checker.get().check(document, limit),
                (resource, call) -> Reconciled.ready(resource.desired()));
    }

    @Test
    void aSchemaThatThrowsIsReportedAndNothingIsLeftOfTheRequest() {
        install("1.0.0", 1);
        RequestOrigin keyed = new RequestOrigin("me", "c", Optional.of(new IdempotencyKey("k", "f")));
        CallContext call = new CallContext(keyed, Optional.empty());
        for (Throwable failure : List.of(
                new IllegalStateException("no such dialect"),
                new NoClassDefFoundError("acme/Format"),
                new StackOverflowError())) {
            checker.set(failing(failure));
            SmoException refused =
                    catchThrowableOfType(SmoException.class, () -> rig.desk().apply(rack("r1"), slots(8), call));
            assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
            assertThat(refused.source()).isEqualTo("rack");
            assertThat(refused.getMessage())
                    .contains("acme.racks 1.0.0")
                    .contains(failure.toString())
                    .contains("Nothing was stored");
        }
        assertThat(rig.desk().find(rack("r1"), CallContext.INTERNAL)).isEmpty();
        assertThat(rig.stores()
                        .operations()
                        .list(new OperationStore.Query(Optional.empty(), Optional.empty(), false, 10)))
                .isEmpty();
        assertThat(rig.stores().operations().findKey("k")).isEmpty();
        rig.stores().events().publish(100);
        assertThat(rig.stores().events().after(0, EventFilter.ALL, 100)).isEmpty();

        checker.set(FINE);
        Accepted accepted = rig.desk().apply(rack("r1"), slots(8), call);
        assertThat(accepted.created()).isTrue();
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
    }

    @Test
    void aControllerThatFailsAtAFormerDocumentIsReportedAsACondition() {
        install("1.0.0", 1);
        rig.apply("r1", 8);
        await(() -> rig.resource("r1").status().phase() == Phase.READY);
        checker.set(failing(new IllegalStateException("no such dialect")));
        install("2.0.0", 2);
        await(() -> rig.resource("r1").status().conditions().stream()
                .anyMatch(condition -> condition.reason().equals("SchemaFailed")
                        && condition.message().contains("no such dialect")));
        assertThat(rig.resource("r1").status().phase()).as("as it was seen").isEqualTo(Phase.READY);
        checker.set(FINE);
        await(() -> rig.resource("r1").status().conditions().stream()
                .noneMatch(condition -> condition.reason().equals("SchemaFailed")));
    }

    @Test
    void aStartThatThrowsIsTriedAgainAndReportedToTheOperator() {
        OperationStore broken =
                mock(OperationStore.class, delegatesTo(rig.stores().operations()));
        doThrow(new IllegalStateException("a row that nobody can read"))
                .doReturn(List.of())
                .when(broken)
                .open();
        ResourceRuntime begun = rig.unbegun(broken);
        begun.begin(rig.tenure());
        assertThat(begun.warnings().warnings())
                .singleElement()
                .asString()
                .contains("changes are rejected")
                .contains("a row that nobody can read");
        SmoException refused = catchThrowableOfType(
                SmoException.class, () -> begun.door().forget(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL));
        assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
        await(() -> begun.warnings().warnings().isEmpty());
        SmoException answered = catchThrowableOfType(
                SmoException.class, () -> begun.door().forget(rack("r1"), OptionalLong.empty(), CallContext.INTERNAL));
        assertThat(answered.kind()).isEqualTo(SmoException.Kind.NOT_FOUND);
        begun.close();
    }
}
