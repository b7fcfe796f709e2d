// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InfrastructureProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A provider whose work ends when the test says so. */
final class HandDriven implements InfrastructureProvider {

    final boolean recognises;
    final List<String> asked = new ArrayList<>();
    final List<JsonObject> wishes = new ArrayList<>();
    final List<CompletableFuture<Infrastructure>> open = new ArrayList<>();
    final Map<String, Infrastructure> byKey = new HashMap<>();
    List<Infrastructure> listed = List.of();
    Optional<RuntimeException> thrown = Optional.empty();

    HandDriven(boolean recognises) {
        this.recognises = recognises;
    }

    static AdapterException no(AdapterException.Kind kind) {
        return new AdapterException(kind, "rack", "the rack says no");
    }

    static Infrastructure burst(String status) {
        return new Infrastructure("burst", status, JsonObject.EMPTY);
    }

    void last(Infrastructure answer) {
        open.get(open.size() - 1).complete(answer);
    }

    void lastFails(Throwable failure) {
        open.get(open.size() - 1).completeExceptionally(failure);
    }

    @Override
    public List<Infrastructure> list() {
        thrown.ifPresent(failure -> {
            throw failure;
        });
        return listed;
    }

    @Override
    public CompletionStage<Infrastructure> create(JsonObject wish) {
        wishes.add(wish);
        return begin("create");
    }

    @Override
    public CompletionStage<Infrastructure> create(JsonObject wish, String key) {
        wishes.add(wish);
        return begin("create " + key);
    }

    @Override
    public boolean recognisesKeys() {
        return recognises;
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
        thrown.ifPresent(failure -> {
            throw failure;
        });
        CompletableFuture<Infrastructure> stage = new CompletableFuture<>();
        open.add(stage);
        return stage;
    }
}
