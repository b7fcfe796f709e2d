// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.infrastructure;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Statement;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Reads the listings of providers, each of them at intervals for all of its resources. */
final class ProviderListingCache {

    private static final long FRESH_NANOS = Duration.ofSeconds(30).toNanos();
    private static final String LISTED = "Listed";

    private record Listed(long source, long atNanos, List<Infrastructure> all) {}

    private final Map<String, Listed> byProvider = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos a monotonic clock */
    ProviderListingCache(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Status of a resource without pending changes.
     *
     * @throws AdapterException its provider does not list it now, and never did
     */
    Reconciled at(InfrastructurePass pass, Optional<ProviderInstance> source) {
        boolean known = !pass.seen().there().orElseThrow().status().isEmpty();
        if (source.isEmpty()) {
            String away = "The provider %s is unavailable".formatted(pass.provider());
            if (!known) {
                throw new AdapterException(AdapterException.Kind.UNAVAILABLE, pass.provider(), away);
            }
            return pass.ready().with(statement(Condition.Status.UNKNOWN, "ProviderAway", away));
        }
        try {
            return listed(pass, known, all(pass.provider(), source.get()));
        } catch (AdapterException failed) {
            if (!known) {
                throw failed;
            }
            return pass.ready().with(statement(Condition.Status.UNKNOWN, "ProviderFailed", failed.getMessage()));
        }
    }

    private static Reconciled listed(InfrastructurePass pass, boolean known, List<Infrastructure> all) {
        String id = pass.id().orElseThrow();
        Optional<Infrastructure> now =
                all.stream().filter(each -> each.id().equals(id)).findFirst();
        if (now.isPresent()) {
            return pass.with(pass.seen().with(pass.provider(), now.get()))
                    .ready()
                    .with(statement(Condition.Status.TRUE, LISTED, ""));
        }
        String missing = "%s does not list %s".formatted(pass.provider(), id);
        return known
                ? pass.ready().with(statement(Condition.Status.FALSE, "NotListed", missing))
                : pass.failed(ProviderFailure.create(SmoException.Kind.NOT_FOUND, pass.provider(), missing))
                        .with(statement(Condition.Status.FALSE, "NotListed", missing));
    }

    /** The provider lists more, or less, than a moment ago. */
    void forget(String provider) {
        byProvider.remove(provider);
    }

    private List<Infrastructure> all(String provider, ProviderInstance providerInstance) {
        Listed before = byProvider.get(provider);
        long now = nanos.getAsLong();
        if (before != null && before.source() == providerInstance.identity() && now - before.atNanos() < FRESH_NANOS) {
            return before.all();
        }
        List<Infrastructure> all = ask(provider, providerInstance);
        byProvider.put(provider, new Listed(providerInstance.identity(), now, all));
        return all;
    }

    private static List<Infrastructure> ask(String provider, ProviderInstance providerInstance) {
        try {
            return providerInstance.provider().list().stream()
                    .flatMap(each -> ProviderResult.made(provider, each).there().stream())
                    .toList();
        } catch (AdapterException said) {
            throw said;
        } catch (RuntimeException | LinkageError defect) {
            String message = ProviderFailure.of(provider, defect).message();
            throw new AdapterException(AdapterException.Kind.REFUSED, provider, message, defect);
        }
    }

    private static Statement statement(Condition.Status status, String reason, String message) {
        return new Statement(LISTED, status, reason, message);
    }
}
