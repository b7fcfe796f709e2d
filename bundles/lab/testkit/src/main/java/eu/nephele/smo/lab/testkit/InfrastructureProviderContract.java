// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The contract of an {@link InfrastructureProvider}: what is made is listed, scaled and deleted; what goes wrong is told by the
 * stage, not by the call.
 */
public abstract class InfrastructureProviderContract extends PortContract<InfrastructureProvider> {

    protected InfrastructureProviderContract() {
        super(InfrastructureProvider.class);
    }

    /** Something small that can be made and is not there yet. */
    protected abstract JsonObject wish();

    /** A wish that the provider refuses. */
    protected abstract JsonObject badWish();

    @Override
    final Object ask(InfrastructureProvider adapter) {
        return adapter.list();
    }

    @Test
    void whatIsMadeIsListedScaledAndDeleted() throws Exception {
        Infrastructure made = get(adapter().create(wish()));
        assertThat(made.status()).isNotBlank();
        assertThat(adapter().list()).extracting(Infrastructure::id).containsOnlyOnce(made.id());

        assertThat(get(adapter().scale(made.id(), 2)).id()).isEqualTo(made.id());

        delete(made);
        assertThat(adapter().list()).extracting(Infrastructure::id).doesNotContain(made.id());
    }

    /** Without recognition a server asks once only, and a creation whose end it does not know fails. */
    @Test
    void aCreationThatComesAgainWithItsKeyIsOneInfrastructure() throws Exception {
        String key = "infrastructure/smo-contract/" + UUID.randomUUID() + "/infrastructure";
        if (!adapter().recognisesKeys()) {
            return;
        }
        int before = adapter().list().size();
        Infrastructure made = get(adapter().create(wish(), key));
        assertThat(get(adapter().create(wish(), key)).id()).isEqualTo(made.id());
        assertThat(adapter().list()).hasSize(before + 1);

        delete(made);
        Infrastructure again = get(adapter().create(wish(), key));
        assertThat(adapter().list()).as("what was deleted is made again").hasSize(before + 1);
        delete(again);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(failure(adapter().scale("smo-contract-none", 1)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure(adapter().delete("smo-contract-none")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aWishThatMakesNoSenseIsRefused() {
        int before = adapter().list().size();
        assertThat(failure(adapter().create(badWish())).kind()).isEqualTo(Kind.REFUSED);
        assertThat(adapter().list()).hasSize(before);
    }

    private void delete(Infrastructure made) throws Exception {
        adapter().delete(made.id()).toCompletableFuture().get(within().toMillis(), TimeUnit.MILLISECONDS);
    }

    private <R> R get(CompletionStage<R> stage) throws Exception {
        return stage.toCompletableFuture().get(within().toMillis(), TimeUnit.MILLISECONDS);
    }

    private AdapterException failure(CompletionStage<?> stage) {
        Throwable thrown = catchThrowable(() -> get(stage));
        assertThat(thrown).as("how the stage has ended").isInstanceOf(ExecutionException.class);
        if (thrown.getCause() instanceof AdapterException failure) {
            return failure;
        }
        throw new AssertionError("The stage has failed with something else than an AdapterException", thrown);
    }
}
