// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.core.infrastructure.ProviderCalls.Progress;
import java.util.Optional;

/**
 * Deletes infrastructure of a resource that is removed. A running creation is completed first: nothing else would
 * delete its result.
 */
final class InfrastructureRemover {

    private final ProviderCalls providerCalls;

    InfrastructureRemover(ProviderCalls providerCalls) {
        this.providerCalls = providerCalls;
    }

    Reconciled run(InfrastructurePass pass) throws InterruptedException {
        if (pass.id().isPresent()) {
            return deleted(pass);
        }
        Optional<ProviderEffect> creation = pass.seen()
                .effect(ProviderEffect.ProviderAction.CREATE)
                .filter(effect -> effect.is(ProviderEffect.EffectState.GOING));
        return creation.isEmpty() || providerCalls.isOnlyAnnounced(pass, creation.get())
                ? gone(pass, "")
                : made(pass, providerCalls.follow(pass, creation.get()));
    }

    private Reconciled made(InfrastructurePass pass, Progress progress) {
        if (progress instanceof Progress.Pending pending) {
            return pending.answer();
        }
        if (progress instanceof Progress.Completed completed) {
            return completed
                    .ending()
                    .there()
                    .map(there -> pass.with(pass.seen()
                                    .with(pass.provider(), there)
                                    .with(completed.effect().done(pass.generation())))
                            .waiting("It was just created, and is deleted now"))
                    .orElseGet(() -> gone(pass, ""));
        }
        return gone(
                pass,
                "it is unknown whether %s has created something for it that was left; look at its list"
                        .formatted(pass.provider()));
    }

    private Reconciled deleted(InfrastructurePass pass) throws InterruptedException {
        String asked = "generation %d".formatted(pass.generation());
        Optional<ProviderEffect> last = pass.seen()
                .effect(ProviderEffect.ProviderAction.DELETE)
                .filter(effect -> effect.asked().equals(asked));
        Optional<ProviderFailure> refused = last.flatMap(ProviderEffect::refusal);
        if (refused.isPresent()) {
            return pass.kept(refused.get());
        }
        Progress progress = last.isPresent()
                ? providerCalls.follow(pass, last.get())
                : providerCalls.begin(pass, ProviderEffect.ProviderAction.DELETE, asked);
        return progress instanceof Progress.Completed completed
                ? ended(pass, completed)
                : ((Progress.Pending) progress).answer();
    }

    private Reconciled ended(InfrastructurePass pass, Progress.Completed completed) {
        ProviderEffect effect = completed.effect();
        Optional<ProviderFailure> refusal = completed.ending().refusal();
        if (refusal.isEmpty() || (refusal.get().isNotFound() && completed.repetition())) {
            return gone(pass.with(effect.done(pass.generation())), "");
        }
        InfrastructurePass failed = pass.with(effect.failed(pass.generation(), refusal.get()));
        return refusal.get().isNotFound() ? gone(failed, refusal.get().message()) : failed.kept(refusal.get());
    }

    private Reconciled gone(InfrastructurePass pass, String message) {
        providerCalls.forgetAll(pass);
        return pass.gone(message);
    }
}
