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
 * Asks providers for what may take minutes, and never twice for a creation that may have happened. One whose provider recognises
 * keys is repeated; of the others it is stored first that they are going to be asked, and a process that finds that and has not asked
 * itself knows that it does not know.
 */
final class Asking {

    /** What ends within it needs no other look. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final String KEY = "infrastructure";

    private final Supplier<Map<String, Source>> providers;
    private final Stages stages;

    /** @param providers by name, those that are there now */
    Asking(Supplier<Map<String, Source>> providers, Stages stages) {
        this.providers = providers;
        this.stages = stages;
    }

    /** How far something is. */
    sealed interface Progress {

        /** It has to be waited for, or to be stored what is known. */
        record Waiting(Reconciled answer) implements Progress {}

        /** @param repetition whether it may have been done before */
        record Ended(Effect effect, Ending ending, boolean repetition) implements Progress {}

        /** A creation that may have happened or not. */
        record Unknown(Effect effect) implements Progress {}
    }

    Optional<Source> source(Pass pass) {
        return Optional.ofNullable(providers.get().get(pass.provider()));
    }

    /** Whether it was announced by this process, and nobody was asked. */
    boolean isOnlyAnnounced(Pass pass, Effect effect) {
        return stages.find(pass.key(effect.action(), effect.asked()))
                .filter(stage -> !stage.isBegun())
                .isPresent();
    }

    /** Ends that are stored need not be remembered, nor what was announced and is not stored: nobody was asked for it. */
    void forgetStored(Pass pass) {
        stages.forgetStored(pass.resource());
    }

    void forgetAll(Pass pass) {
        stages.forgetAll(pass.resource().uid());
    }

    /**
     * Asks for something that nobody has asked for.
     *
     * @throws AdapterException {@code UNAVAILABLE} while its provider is away
     */
    Progress begin(Pass pass, Effect.Action action, String asked) throws InterruptedException {
        Source source = source(pass).orElseThrow(() -> away(pass));
        boolean recognised = action != Effect.Action.CREATE || source.provider().recognisesKeys();
        Effect begun = Effect.begun(action, asked, pass.generation(), recognised);
        Effect effect = action == Effect.Action.CREATE
                ? begun.by(
                        new Effect.Order(pass.provider(), pass.wanted().wish().orElseThrow()))
                : begun;
        Pass noted = pass.with(effect);
        Stages.Key key = pass.key(action, asked);
        Optional<Stages.Stage> known = stages.find(key);
        if (known.filter(Stages.Stage::isBegun).isPresent()) {
            return follow(noted, effect);
        }
        Optional<Stages.Stage> stage = known.or(() -> stages.announce(key, false));
        if (stage.isEmpty()) {
            return new Progress.Waiting(pass.going("Providers are at work on as much as is remembered at once"));
        }
        // a deletion that is found to be noted by another process may have happened, too
        return recognised && action != Effect.Action.DELETE
                ? start(noted, effect, stage.get(), source)
                : new Progress.Waiting(noted.noted("%s is going to be asked".formatted(pass.provider())));
    }

    /** How far something is that may have been begun. */
    Progress follow(Pass pass, Effect effect) throws InterruptedException {
        Optional<Stages.Stage> stage = stages.find(pass.key(effect.action(), effect.asked()));
        Optional<Source> source = source(pass);
        Optional<Ending> ending = stage.flatMap(known -> known.ending(source));
        if (ending.isPresent()) {
            return new Progress.Ended(effect, ending.get(), stage.get().isRepetition());
        }
        if (source.isEmpty()) {
            return new Progress.Waiting(pass.going(
                    "The provider %s is away; what it was asked for goes on or is lost".formatted(pass.provider())));
        }
        if (stage.isPresent() && !stage.get().isBegun()) {
            return start(pass, effect, stage.get(), source.get());
        }
        if (stage.isPresent() && !stage.get().isOfAnother(source.get())) {
            return new Progress.Waiting(pass.going("%s is at work".formatted(pass.provider())));
        }
        boolean repeatable = effect.action() != Effect.Action.CREATE
                || (effect.recognised() && source.get().provider().recognisesKeys());
        if (!repeatable) {
            return new Progress.Unknown(effect);
        }
        Optional<Stages.Stage> again = stages.announce(pass.key(effect.action(), effect.asked()), true);
        return again.isPresent()
                ? start(pass, effect, again.get(), source.get())
                : new Progress.Waiting(pass.going("Providers are at work on as much as is remembered at once"));
    }

    private static Progress start(Pass pass, Effect effect, Stages.Stage stage, Source source)
            throws InterruptedException {
        stage.begin(source, pass.provider(), () -> asked(pass, effect, source.provider()));
        stage.await(PATIENCE);
        return stage.ending()
                .<Progress>map(ending -> new Progress.Ended(effect, ending, stage.isRepetition()))
                .orElseGet(() -> new Progress.Waiting(pass.going("%s is at work".formatted(pass.provider()))));
    }

    private static CompletionStage<Ending> asked(Pass pass, Effect effect, InfrastructureProvider provider) {
        return switch (effect.action()) {
            case CREATE -> made(pass, created(pass, effect, provider));
            case SCALE -> made(pass, provider.scale(pass.id().orElseThrow(), effect.nodes()));
            case DELETE -> provider.delete(pass.id().orElseThrow()).thenApply(gone -> Ending.deleted());
        };
    }

    private static CompletionStage<Infrastructure> created(Pass pass, Effect effect, InfrastructureProvider provider) {
        JsonObject wish = effect.order().orElseThrow().wish();
        return effect.recognised() ? provider.create(wish, pass.resource().key(KEY)) : provider.create(wish);
    }

    private static CompletionStage<Ending> made(Pass pass, CompletionStage<Infrastructure> stage) {
        return stage.thenApply(answer -> Ending.made(pass.provider(), answer));
    }

    private static AdapterException away(Pass pass) {
        return new AdapterException(
                AdapterException.Kind.UNAVAILABLE,
                pass.provider(),
                "There is no provider of infrastructure %s now; it is asked when it comes".formatted(pass.provider()));
    }
}
