// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import eu.nephele.smo.api.port.SecretSource;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Resolves references of secrets with whoever knows their scheme at the moment. */
final class Secrets implements Function<String, Optional<String>> {

    private final BundleContext context;

    Secrets(BundleContext context) {
        this.context = context;
    }

    @Override
    public Optional<String> apply(String reference) {
        String scheme = reference.replaceFirst(":.*", "");
        try {
            for (ServiceReference<SecretSource> source : context.getServiceReferences(
                    SecretSource.class, "(%s=%s)".formatted(SecretSource.SCHEME, scheme))) {
                Optional<String> secret = resolved(source, reference);
                if (secret.isPresent()) {
                    return secret;
                }
            }
            return Optional.empty();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalArgumentException("The scheme of %s is none".formatted(reference), impossible);
        }
    }

    private Optional<String> resolved(ServiceReference<SecretSource> source, String reference) {
        try {
            return Optional.ofNullable(context.getService(source)).flatMap(found -> found.resolve(reference));
        } finally {
            context.ungetService(source);
        }
    }
}
