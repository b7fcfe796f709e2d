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
 * The contract of an {@link InfrastructureProvider}: created infrastructure is listed, scaled and deleted; failures are
 * reported by the stage, not by the call.
 */
public abstract class InfrastructureProviderContract extends PortContract<InfrastructureProvider> {

    protected InfrastructureProviderContract() {
        super(InfrastructureProvider.class);
    }

    /** Something small that can be created and does not exist yet. */
    protected abstract JsonObject wish();

    /** A desired state that the provider rejects. */
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

    /** Without recognition a server calls once only, and a creation with unknown outcome fails. */
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
        assertThat(adapter().list())
                .as("deleted infrastructure is created again")
                .hasSize(before + 1);
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
        assertThat(thrown).as("end of the stage").isInstanceOf(ExecutionException.class);
        if (thrown.getCause() instanceof AdapterException failure) {
            return failure;
        }
        throw new AssertionError("The stage failed with something other than an AdapterException", thrown);
    }
}
