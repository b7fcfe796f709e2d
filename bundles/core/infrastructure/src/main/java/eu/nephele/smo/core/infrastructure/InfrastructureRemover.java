// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.core.infrastructure.Asking.Progress;
import java.util.Optional;

/** Has infrastructure deleted that is to go. What is being made has to be there first: nobody else would delete it. */
final class Removal {

    private final Asking asking;

    Removal(Asking asking) {
        this.asking = asking;
    }

    Reconciled of(Pass pass) throws InterruptedException {
        if (pass.id().isPresent()) {
            return deleted(pass);
        }
        Optional<Effect> creation =
                pass.seen().effect(Effect.Action.CREATE).filter(effect -> effect.is(Effect.State.GOING));
        return creation.isEmpty() || asking.isOnlyAnnounced(pass, creation.get())
                ? gone(pass, "")
                : made(pass, asking.follow(pass, creation.get()));
    }

    private Reconciled made(Pass pass, Progress progress) {
        if (progress instanceof Progress.Waiting waiting) {
            return waiting.answer();
        }
        if (progress instanceof Progress.Ended ended) {
            return ended.ending()
                    .there()
                    .map(there -> pass.with(pass.seen()
                                    .with(pass.provider(), there)
                                    .with(ended.effect().done(pass.generation())))
                            .noted("It was just made, and is deleted now"))
                    .orElseGet(() -> gone(pass, ""));
        }
        return gone(
                pass,
                "nobody knows whether %s has made something for it that was left; look at its list"
                        .formatted(pass.provider()));
    }

    private Reconciled deleted(Pass pass) throws InterruptedException {
        String asked = "generation %d".formatted(pass.generation());
        Optional<Effect> last = pass.seen().effect(Effect.Action.DELETE).filter(effect -> effect.asked()
                .equals(asked));
        Optional<Refusal> refused = last.flatMap(Effect::refusal);
        if (refused.isPresent()) {
            return pass.kept(refused.get());
        }
        Progress progress =
                last.isPresent() ? asking.follow(pass, last.get()) : asking.begin(pass, Effect.Action.DELETE, asked);
        return progress instanceof Progress.Ended ended ? ended(pass, ended) : ((Progress.Waiting) progress).answer();
    }

    private Reconciled ended(Pass pass, Progress.Ended ended) {
        Effect effect = ended.effect();
        Optional<Refusal> refusal = ended.ending().refusal();
        if (refusal.isEmpty() || (refusal.get().isNotFound() && ended.repetition())) {
            return gone(pass.with(effect.done(pass.generation())), "");
        }
        Pass failed = pass.with(effect.failed(pass.generation(), refusal.get()));
        return refusal.get().isNotFound() ? gone(failed, refusal.get().message()) : failed.kept(refusal.get());
    }

    private Reconciled gone(Pass pass, String message) {
        asking.forgetAll(pass);
        return pass.gone(message);
    }
}
