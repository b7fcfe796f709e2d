// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.infrastructure.ProviderCalls.Progress;
import java.util.Optional;

/** Makes infrastructure, or adopts it, and gives it the wanted number of nodes. */
final class InfrastructureCreator {

    private final ProviderCalls providerCalls;
    private final ProviderListingCache providerListingCache;

    InfrastructureCreator(ProviderCalls providerCalls, ProviderListingCache providerListingCache) {
        this.providerCalls = providerCalls;
        this.providerListingCache = providerListingCache;
    }

    Reconciled run(InfrastructurePass pass) throws InterruptedException {
        Optional<String> contradiction = contradiction(pass);
        if (contradiction.isPresent()) {
            return pass.failed(ProviderFailure.create(SmoException.Kind.CONFLICT, "smo", contradiction.get()));
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

    /** Returns the reason for which a provider cannot be called with it. */
    private static Optional<String> contradiction(InfrastructurePass pass) {
        Optional<Infrastructure> there = pass.seen().there();
        DesiredInfrastructure desiredInfrastructure = pass.wanted();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        String is = "%s of %s".formatted(there.get().id(), pass.seen().provider());
        if (!pass.seen().provider().equals(desiredInfrastructure.provider())
                || desiredInfrastructure
                        .id()
                        .filter(id -> !id.equals(there.get().id()))
                        .isPresent()) {
            return Optional.of("This is %s and cannot become another one; create another resource".formatted(is));
        }
        boolean otherWish = desiredInfrastructure.id().isEmpty()
                && pass.seen()
                        .effect(ProviderEffect.ProviderAction.CREATE)
                        .filter(made -> !made.asked().startsWith(desiredInfrastructure.wishDigest()))
                        .isPresent();
        return otherWish
                ? Optional.of(
                        ("%s was created for another desired state; only its number of nodes can be changed. Create"
                                        + " another resource, or restore that state")
                                .formatted(is))
                : Optional.empty();
    }

    private Reconciled created(InfrastructurePass pass) throws InterruptedException {
        Optional<ProviderEffect> last = pass.seen().effect(ProviderEffect.ProviderAction.CREATE);
        String asked = pass.wanted().creation();
        if (last.filter(effect -> effect.is(ProviderEffect.EffectState.GOING)).isPresent()) {
            return last.get().asked().equals(asked) || !providerCalls.isOnlyAnnounced(pass, last.get())
                    ? report(pass, providerCalls.follow(pass, last.get()))
                    : begun(pass.with(pass.seen().without(ProviderEffect.ProviderAction.CREATE)), asked);
        }
        Optional<Reconciled> failed = failedBefore(pass, last, asked);
        return failed.isPresent() ? failed.get() : begun(pass, asked);
    }

    private Reconciled begun(InfrastructurePass pass, String asked) throws InterruptedException {
        return report(pass, providerCalls.begin(pass, ProviderEffect.ProviderAction.CREATE, asked));
    }

    private Reconciled scaled(InfrastructurePass pass) throws InterruptedException {
        Optional<ProviderEffect> last = pass.seen().effect(ProviderEffect.ProviderAction.SCALE);
        if (last.filter(effect -> effect.is(ProviderEffect.EffectState.GOING)).isPresent()) {
            return report(pass, providerCalls.follow(pass, last.get()));
        }
        Optional<String> asked = pass.wanted().scaling();
        if (asked.isEmpty() || isDone(last, asked.get())) {
            return providerListingCache.at(pass, providerCalls.source(pass));
        }
        Optional<Reconciled> failed = failedBefore(pass, last, asked.get());
        return failed.isPresent()
                ? failed.get()
                : report(pass, providerCalls.begin(pass, ProviderEffect.ProviderAction.SCALE, asked.get()));
    }

    private static boolean isDone(Optional<ProviderEffect> last, String asked) {
        return last.filter(effect -> effect.is(ProviderEffect.EffectState.DONE)
                        && effect.asked().equals(asked))
                .isPresent();
    }

    /**
     * Returns the outcome of a failed attempt; it is not retried before the desired state or the attempt changes,
     * because it may cost something.
     */
    private static Optional<Reconciled> failedBefore(
            InfrastructurePass pass, Optional<ProviderEffect> last, String asked) {
        return last.filter(effect -> effect.is(ProviderEffect.EffectState.FAILED)
                        && effect.asked().equals(asked))
                .flatMap(effect -> effect.refusal().map(why -> pass.with(effect.failed(pass.generation(), why))
                        .failed(why)));
    }

    private Reconciled report(InfrastructurePass pass, Progress progress) {
        if (progress instanceof Progress.Pending pending) {
            return pending.answer();
        }
        if (progress instanceof Progress.Completed completed) {
            return ended(pass, completed.effect(), completed.ending());
        }
        ProviderEffect effect = ((Progress.OutcomeUnknown) progress).effect();
        return ended(pass, effect, ProviderResult.failed(unknown(pass.provider())));
    }

    private Reconciled ended(InfrastructurePass pass, ProviderEffect effect, ProviderResult providerResult) {
        if (providerResult.refusal().isPresent()) {
            ProviderFailure why = providerResult.refusal().get();
            return pass.with(effect.failed(pass.generation(), why)).failed(why);
        }
        providerListingCache.forget(pass.provider());
        Infrastructure told = providerResult.there().orElseThrow();
        Infrastructure now = new Infrastructure(pass.id().orElse(told.id()), told.status(), told.details());
        InfrastructurePass after =
                pass.with(pass.seen().with(pass.provider(), now).with(effect.done(pass.generation())));
        boolean more = effect.action() == ProviderEffect.ProviderAction.CREATE
                ? pass.wanted().nodes().isPresent() || contradiction(after).isPresent()
                : !pass.wanted().scaling().equals(Optional.of(effect.asked()));
        return more ? after.waiting("") : after.ready();
    }

    static ProviderFailure unknown(String provider) {
        return ProviderFailure.create(SmoException.Kind.UPSTREAM_FAILED, provider, """
                It is unknown whether %1$s has created it: this server or the provider was stopped during the call, \
                and %1$s does not recognise repeated calls. Look at its list; if it is there, give this resource its id \
                and it is adopted; if not, remove this resource, or give it another attempt""".formatted(provider));
    }
}
