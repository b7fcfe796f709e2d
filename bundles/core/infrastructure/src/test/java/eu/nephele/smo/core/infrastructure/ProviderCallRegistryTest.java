// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProviderCallRegistryTest {

    private final Map<ResourceRef, Resource> stored = new HashMap<>();
    private final AtomicLong nanos = new AtomicLong();
    private final ProviderCallRegistry providerCallRegistry =
            new ProviderCallRegistry(2, ref -> {}, ref -> Optional.ofNullable(stored.get(ref)), nanos::get);

    private static ResourceRef ref(String name) {
        return new ResourceRef("infrastructure", "", name);
    }

    private static ProviderCallRegistry.ProviderCallKey key(String name) {
        return new ProviderCallRegistry.ProviderCallKey(
                ref(name), "uid of " + name, ProviderEffect.ProviderAction.CREATE, "a wish");
    }

    private static ProviderEffect effect() {
        return ProviderEffect.begun(ProviderEffect.ProviderAction.CREATE, "a wish", 1, false);
    }

    private void store(String name, ProviderEffect effect) {
        ObservedInfrastructure observedInfrastructure =
                new ObservedInfrastructure("", Optional.empty(), Map.of(effect.action(), effect));
        stored.put(
                ref(name),
                new Resource(
                        ref(name),
                        "uid of " + name,
                        1,
                        1,
                        JsonObject.EMPTY,
                        Map.of(),
                        false,
                        new ResourceStatus(Phase.PROGRESSING, 1, observedInfrastructure.toJson(), List.of()),
                        Instant.EPOCH,
                        Instant.EPOCH));
    }

    private void begun(String name, CompletableFuture<ProviderResult> end) {
        store(name, effect());
        providerCallRegistry
                .announce(key(name), false)
                .orElseThrow()
                .begin(new ProviderInstance(new HandDriven(true), 1), "rack", () -> end);
    }

    private boolean isRoomFor(String name) {
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        return providerCallRegistry.announce(key(name), false).isPresent();
    }

    @Test
    void anEndThatIsNotStoredKeepsItsPlaceUntilItIs() {
        begun("a", CompletableFuture.completedFuture(ProviderResult.deleted()));
        begun("b", new CompletableFuture<>());
        assertThat(isRoomFor("c")).as("nobody would know the end of a").isFalse();
        assertThat(providerCallRegistry.find(key("a"))).isPresent();

        store("a", effect().done(1));
        assertThat(isRoomFor("c")).isTrue();
        assertThat(providerCallRegistry.find(key("a"))).isEmpty();
        assertThat(providerCallRegistry.find(key("b"))).as("under way").isPresent();
    }

    @Test
    void aForgottenCallWithoutItsControllerFreesItsPlace() {
        begun("a", CompletableFuture.completedFuture(ProviderResult.deleted()));
        begun("b", new CompletableFuture<>());
        stored.remove(ref("a"));
        assertThat(isRoomFor("c")).isTrue();
        assertThat(providerCallRegistry.find(key("a"))).isEmpty();
    }

    @Test
    void whatIsStoredIsNotLookedThroughForEachThatWaits() {
        begun("a", CompletableFuture.completedFuture(ProviderResult.deleted()));
        begun("b", new CompletableFuture<>());
        assertThat(isRoomFor("c")).isFalse();
        stored.remove(ref("a"));
        assertThat(providerCallRegistry.announce(key("c"), false))
                .as("a moment later")
                .isEmpty();
        assertThat(isRoomFor("c")).isTrue();
    }

    @Test
    void ofWhatIsGoneNothingIsRemembered() {
        providerCallRegistry.announce(key("a"), false);
        providerCallRegistry.forgetAll("uid of a");
        assertThat(providerCallRegistry.find(key("a"))).isEmpty();
    }
}
