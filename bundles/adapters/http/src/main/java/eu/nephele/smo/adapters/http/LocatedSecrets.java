// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * A source of secrets that is got with its first secret and kept. Got when it comes, one that itself needs HTTP, as that of Vault, would be
 * in the middle of its activation, and not be bound at all.
 */
final class LocatedSecrets implements SecretSource, AutoCloseable {

    private final BundleContext context;
    private final ServiceReference<SecretSource> reference;
    private final AtomicReference<@Nullable SecretSource> got = new AtomicReference<>();

    LocatedSecrets(BundleContext context, ServiceReference<SecretSource> reference) {
        this.context = context;
        this.reference = reference;
    }

    @Override
    public Optional<String> resolve(String secret) {
        SecretSource known = got.get();
        return (known == null ? locate(secret) : known).resolve(secret);
    }

    private SecretSource locate(String secret) {
        SecretSource located = context.getService(reference);
        if (located == null) {
            throw new AdapterException(
                    Kind.UNAVAILABLE, "secrets", "the source of the secret %s is not available yet".formatted(secret));
        }
        if (!got.compareAndSet(null, located)) {
            // another call was first; it is got once
            context.ungetService(reference);
        }
        return located;
    }

    @Override
    public void close() {
        if (got.getAndSet(null) != null) {
            context.ungetService(reference);
        }
    }
}
