// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.Reconciled;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Calls providers, which may take minutes, and never twice for a creation that may have happened. A call is repeated if
 * its provider recognises keys; for others the intention is stored before the call, and a process that finds it and has
 * not called itself does not know the result.
 */
final class ProviderCalls {

    /** Time within which a call ends without a further poll. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final String KEY = "infrastructure";

    private final Supplier<Map<String, ProviderInstance>> providers;
    private final ProviderCallRegistry providerCallRegistry;

    /** @param providers by name, those that are there now */
    ProviderCalls(Supplier<Map<String, ProviderInstance>> providers, ProviderCallRegistry providerCallRegistry) {
        this.providers = providers;
        this.providerCallRegistry = providerCallRegistry;
    }

    sealed interface Progress {

        /** The call goes on, or its known state has to be stored first. */
        record Pending(Reconciled answer) implements Progress {}

        /** @param repetition whether it may have been done before */
        record Completed(ProviderEffect effect, ProviderResult ending, boolean repetition) implements Progress {}

        record OutcomeUnknown(ProviderEffect effect) implements Progress {}
    }

    Optional<ProviderInstance> source(InfrastructurePass pass) {
        return Optional.ofNullable(providers.get().get(pass.provider()));
    }

    /** Returns whether it was announced by this process, and not begun. */
    boolean isOnlyAnnounced(InfrastructurePass pass, ProviderEffect effect) {
        return providerCallRegistry
                .find(pass.key(effect.action(), effect.asked()))
                .filter(providerCall -> !providerCall.isBegun())
                .isPresent();
    }

    /** Forgets results that are stored, and announced calls that are not stored: they were not begun. */
    void forgetStored(InfrastructurePass pass) {
        providerCallRegistry.forgetStored(pass.resource());
    }

    void forgetAll(InfrastructurePass pass) {
        providerCallRegistry.forgetAll(pass.resource().uid());
    }

    /**
     * Calls a provider for the first time.
     *
     * @throws AdapterException {@code UNAVAILABLE} while its provider is unavailable
     */
    Progress begin(InfrastructurePass pass, ProviderEffect.ProviderAction action, String asked)
            throws InterruptedException {
        ProviderInstance providerInstance = source(pass).orElseThrow(() -> away(pass));
        boolean recognised = action != ProviderEffect.ProviderAction.CREATE
                || providerInstance.provider().recognisesKeys();
        ProviderEffect begun = ProviderEffect.begun(action, asked, pass.generation(), recognised);
        ProviderEffect effect = action == ProviderEffect.ProviderAction.CREATE
                ? begun.by(new ProviderEffect.EffectOrder(
                        pass.provider(), pass.wanted().wish().orElseThrow()))
                : begun;
        InfrastructurePass noted = pass.with(effect);
        ProviderCallRegistry.ProviderCallKey key = pass.key(action, asked);
        Optional<ProviderCallRegistry.ProviderCall> known = providerCallRegistry.find(key);
        if (known.filter(ProviderCallRegistry.ProviderCall::isBegun).isPresent()) {
            return follow(noted, effect);
        }
        Optional<ProviderCallRegistry.ProviderCall> stage = known.or(() -> providerCallRegistry.announce(key, false));
        if (stage.isEmpty()) {
            return new Progress.Pending(pass.going("The limit of concurrent provider calls is reached"));
        }
        // a deletion that is found to be noted by another process may have happened, too
        return recognised && action != ProviderEffect.ProviderAction.DELETE
                ? start(noted, effect, stage.get(), providerInstance)
                : new Progress.Pending(noted.waiting("%s is called next".formatted(pass.provider())));
    }

    /** The progress of a call that may have been begun. */
    Progress follow(InfrastructurePass pass, ProviderEffect effect) throws InterruptedException {
        Optional<ProviderCallRegistry.ProviderCall> stage =
                providerCallRegistry.find(pass.key(effect.action(), effect.asked()));
        Optional<ProviderInstance> source = source(pass);
        Optional<ProviderResult> ending = stage.flatMap(known -> known.ending(source));
        if (ending.isPresent()) {
            return new Progress.Completed(effect, ending.get(), stage.get().isRepetition());
        }
        if (source.isEmpty()) {
            return new Progress.Pending(pass.going(
                    "The provider %s is unavailable; its call goes on or is lost".formatted(pass.provider())));
        }
        if (stage.isPresent() && !stage.get().isBegun()) {
            return start(pass, effect, stage.get(), source.get());
        }
        if (stage.isPresent() && !stage.get().isOfAnother(source.get())) {
            return new Progress.Pending(pass.going("%s is at work".formatted(pass.provider())));
        }
        boolean repeatable = effect.action() != ProviderEffect.ProviderAction.CREATE
                || (effect.recognised() && source.get().provider().recognisesKeys());
        if (!repeatable) {
            return new Progress.OutcomeUnknown(effect);
        }
        Optional<ProviderCallRegistry.ProviderCall> again =
                providerCallRegistry.announce(pass.key(effect.action(), effect.asked()), true);
        return again.isPresent()
                ? start(pass, effect, again.get(), source.get())
                : new Progress.Pending(pass.going("The limit of concurrent provider calls is reached"));
    }

    private static Progress start(
            InfrastructurePass pass,
            ProviderEffect effect,
            ProviderCallRegistry.ProviderCall providerCall,
            ProviderInstance providerInstance)
            throws InterruptedException {
        providerCall.begin(providerInstance, pass.provider(), () -> asked(pass, effect, providerInstance.provider()));
        providerCall.await(PATIENCE);
        return providerCall
                .ending()
                .<Progress>map(
                        providerResult -> new Progress.Completed(effect, providerResult, providerCall.isRepetition()))
                .orElseGet(() -> new Progress.Pending(pass.going("%s is at work".formatted(pass.provider()))));
    }

    private static CompletionStage<ProviderResult> asked(
            InfrastructurePass pass, ProviderEffect effect, InfrastructureProvider provider) {
        return switch (effect.action()) {
            case CREATE -> made(pass, created(pass, effect, provider));
            case SCALE -> made(pass, provider.scale(pass.id().orElseThrow(), effect.nodes()));
            case DELETE -> provider.delete(pass.id().orElseThrow()).thenApply(gone -> ProviderResult.deleted());
        };
    }

    private static CompletionStage<Infrastructure> created(
            InfrastructurePass pass, ProviderEffect effect, InfrastructureProvider provider) {
        JsonObject wish = effect.order().orElseThrow().wish();
        return effect.recognised() ? provider.create(wish, pass.resource().key(KEY)) : provider.create(wish);
    }

    private static CompletionStage<ProviderResult> made(
            InfrastructurePass pass, CompletionStage<Infrastructure> stage) {
        return stage.thenApply(answer -> ProviderResult.made(pass.provider(), answer));
    }

    private static AdapterException away(InfrastructurePass pass) {
        return new AdapterException(
                AdapterException.Kind.UNAVAILABLE,
                pass.provider(),
                "Infrastructure provider %s is unavailable; it is called when it returns".formatted(pass.provider()));
    }
}
