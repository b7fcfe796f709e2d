// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InfrastructureProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A provider whose work is done when the test says so. */
final class InMemoryProvider implements InfrastructureProvider {

    final List<String> asked = new ArrayList<>();
    final List<CompletableFuture<Infrastructure>> open = new ArrayList<>();
    Optional<RuntimeException> failure = Optional.empty();

    static AdapterException failure(AdapterException.Kind kind) {
        return new AdapterException(kind, "rack", "the rack says no");
    }

    static Infrastructure burst(String status) {
        return new Infrastructure("burst", status, JsonObject.EMPTY);
    }

    @Override
    public List<Infrastructure> list() {
        failure.ifPresent(thrown -> {
            throw thrown;
        });
        return List.of(burst("READY"));
    }

    @Override
    public CompletionStage<Infrastructure> create(JsonObject wish) {
        return begin("create " + wish.canonical());
    }

    @Override
    public CompletionStage<Infrastructure> scale(String id, int nodes) {
        return begin("scale " + id + " " + nodes);
    }

    @Override
    public CompletionStage<Void> delete(String id) {
        return begin("delete " + id).thenAccept(gone -> {});
    }

    private CompletionStage<Infrastructure> begin(String what) {
        asked.add(what);
        CompletableFuture<Infrastructure> stage = new CompletableFuture<>();
        open.add(stage);
        failure.ifPresent(stage::completeExceptionally);
        return stage;
    }
}
