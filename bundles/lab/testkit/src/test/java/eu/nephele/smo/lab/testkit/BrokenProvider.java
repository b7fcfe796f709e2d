// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InfrastructureProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

final class BrokenProvider extends Broken implements InfrastructureProvider {

    private final Map<String, Infrastructure> made = new ConcurrentHashMap<>();

    private BrokenProvider(String fault) {
        super(fault);
    }

    @Override
    public List<Infrastructure> list() {
        goOut();
        return List.copyOf(made.values());
    }

    @Override
    public CompletionStage<Infrastructure> create(JsonObject wish) {
        if (wish.isEmpty() && !has("aWishThatMakesNoSenseIsRefused")) {
            return failed(Kind.REFUSED);
        }
        Infrastructure one = new Infrastructure("one", "READY", JsonObject.EMPTY);
        made.put(one.id(), one);
        return CompletableFuture.completedFuture(one);
    }

    @Override
    public CompletionStage<Infrastructure> create(JsonObject wish, String key) {
        String id = has("aCreationThatComesAgainWithItsKeyIsOneInfrastructure") ? key + made.size() : key;
        return CompletableFuture.completedFuture(
                made.computeIfAbsent(id, fresh -> new Infrastructure(fresh, "READY", JsonObject.EMPTY)));
    }

    @Override
    public boolean recognisesKeys() {
        return true;
    }

    @Override
    public CompletionStage<Infrastructure> scale(String id, int nodes) {
        if (!made.containsKey(id)) {
            return failed(has("whatIsNotThereIsNotFound") ? Kind.REFUSED : Kind.NOT_FOUND);
        }
        return CompletableFuture.completedFuture(new Infrastructure(id, "READY", JsonObject.EMPTY));
    }

    @Override
    public CompletionStage<Void> delete(String id) {
        if (!made.containsKey(id)) {
            return failed(Kind.NOT_FOUND);
        }
        if (!has("whatIsMadeIsListedScaledAndDeleted")) {
            made.remove(id);
        }
        return CompletableFuture.allOf();
    }

    private static <T> CompletableFuture<T> failed(Kind kind) {
        return CompletableFuture.failedFuture(new AdapterException(kind, "memory", "no"));
    }

    static PortContract<?> contract(String fault) {
        BrokenProvider broken = new BrokenProvider(fault);
        return new InfrastructureProviderContract() {
            @Override
            protected InfrastructureProvider adapter() {
                return broken;
            }

            @Override
            protected Map<String, ?> serviceProperties() {
                return broken.properties(InfrastructureProvider.CAPACITY_SOURCE, "memory");
            }

            @Override
            protected void breakTheSystem() {
                broken.down();
            }

            @Override
            protected JsonObject wish() {
                return JsonObject.EMPTY.with("name", new JsonString("one"));
            }

            @Override
            protected JsonObject badWish() {
                return JsonObject.EMPTY;
            }
        };
    }
}
