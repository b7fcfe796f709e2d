// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.infrastructure.Asking.Progress;
import java.util.Optional;

/** Makes infrastructure, or adopts it, and gives it the wanted number of nodes. */
final class Making {

    private final Asking asking;
    private final Looks looks;

    Making(Asking asking, Looks looks) {
        this.asking = asking;
        this.looks = looks;
    }

    Reconciled of(Pass pass) throws InterruptedException {
        Optional<String> contradiction = contradiction(pass);
        if (contradiction.isPresent()) {
            return pass.failed(Refusal.of(SmoException.Kind.CONFLICT, "smo", contradiction.get()));
        }
        if (pass.seen().there().isPresent()) {
            return scaled(pass);
        }
        Optional<String> id = pass.wanted().id();
        return id.isPresent()
                ? scaled(pass.with(
                        pass.seen().with(pass.wanted().provider(), new Infrastructure(id.get(), "", JsonObject.EMPTY))))
                : created(pass);
    }

    /** What a provider cannot be asked for. */
    private static Optional<String> contradiction(Pass pass) {
        Optional<Infrastructure> there = pass.seen().there();
        Wanted wanted = pass.wanted();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        String is = "%s of %s".formatted(there.get().id(), pass.seen().provider());
        if (!pass.seen().provider().equals(wanted.provider())
                || wanted.id().filter(id -> !id.equals(there.get().id())).isPresent()) {
            return Optional.of("This is %s and cannot become another one; make another resource".formatted(is));
        }
        boolean otherWish = wanted.id().isEmpty()
                && pass.seen()
                        .effect(Effect.Action.CREATE)
                        .filter(made -> !made.asked().startsWith(wanted.wishDigest()))
                        .isPresent();
        return otherWish
                ? Optional.of(
                        "%s was made by another wish; of what is there only the number of nodes can be changed. Make another resource, or take the wish back"
                                .formatted(is))
                : Optional.empty();
    }

    private Reconciled created(Pass pass) throws InterruptedException {
        Optional<Effect> last = pass.seen().effect(Effect.Action.CREATE);
        String asked = pass.wanted().creation();
        if (last.filter(effect -> effect.is(Effect.State.GOING)).isPresent()) {
            return last.get().asked().equals(asked) || !asking.isOnlyAnnounced(pass, last.get())
                    ? told(pass, asking.follow(pass, last.get()))
                    : begun(pass.with(pass.seen().without(Effect.Action.CREATE)), asked);
        }
        Optional<Reconciled> failed = failedBefore(pass, last, asked);
        return failed.isPresent() ? failed.get() : begun(pass, asked);
    }

    private Reconciled begun(Pass pass, String asked) throws InterruptedException {
        return told(pass, asking.begin(pass, Effect.Action.CREATE, asked));
    }

    private Reconciled scaled(Pass pass) throws InterruptedException {
        Optional<Effect> last = pass.seen().effect(Effect.Action.SCALE);
        if (last.filter(effect -> effect.is(Effect.State.GOING)).isPresent()) {
            return told(pass, asking.follow(pass, last.get()));
        }
        Optional<String> asked = pass.wanted().scaling();
        if (asked.isEmpty() || isDone(last, asked.get())) {
            return looks.at(pass, asking.source(pass));
        }
        Optional<Reconciled> failed = failedBefore(pass, last, asked.get());
        return failed.isPresent() ? failed.get() : told(pass, asking.begin(pass, Effect.Action.SCALE, asked.get()));
    }

    private static boolean isDone(Optional<Effect> last, String asked) {
        return last.filter(
                        effect -> effect.is(Effect.State.DONE) && effect.asked().equals(asked))
                .isPresent();
    }

    /** What has failed is not tried again before somebody asks for something else, or another attempt: it may cost something. */
    private static Optional<Reconciled> failedBefore(Pass pass, Optional<Effect> last, String asked) {
        return last.filter(effect ->
                        effect.is(Effect.State.FAILED) && effect.asked().equals(asked))
                .flatMap(effect -> effect.refusal().map(why -> pass.with(effect.failed(pass.generation(), why))
                        .failed(why)));
    }

    private Reconciled told(Pass pass, Progress progress) {
        if (progress instanceof Progress.Waiting waiting) {
            return waiting.answer();
        }
        if (progress instanceof Progress.Ended ended) {
            return ended(pass, ended.effect(), ended.ending());
        }
        Effect effect = ((Progress.Unknown) progress).effect();
        return ended(pass, effect, Ending.failed(unknown(pass.provider())));
    }

    private Reconciled ended(Pass pass, Effect effect, Ending ending) {
        if (ending.refusal().isPresent()) {
            Refusal why = ending.refusal().get();
            return pass.with(effect.failed(pass.generation(), why)).failed(why);
        }
        looks.forget(pass.provider());
        Infrastructure told = ending.there().orElseThrow();
        Infrastructure now = new Infrastructure(pass.id().orElse(told.id()), told.status(), told.details());
        Pass after = pass.with(pass.seen().with(pass.provider(), now).with(effect.done(pass.generation())));
        boolean more = effect.action() == Effect.Action.CREATE
                ? pass.wanted().nodes().isPresent() || contradiction(after).isPresent()
                : !pass.wanted().scaling().equals(Optional.of(effect.asked()));
        return more ? after.noted("") : after.ready();
    }

    static Refusal unknown(String provider) {
        return Refusal.of(SmoException.Kind.UPSTREAM_FAILED, provider, """
                Nobody knows whether %1$s has made it: this server or the provider was stopped while it was asked, and %1$s does not \
                recognise what it was asked for before. Look at its list; if it is there, give this resource its id and it is adopted; \
                if not, remove this resource, or give it another attempt""".formatted(provider));
    }
}
