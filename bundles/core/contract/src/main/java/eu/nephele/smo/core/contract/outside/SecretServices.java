// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

import eu.nephele.smo.api.port.SecretSource;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The sources of secrets that are there at the moment of use: they come and go with their configurations. Unlike a reference to the
 * sources it keeps none of them, and waits for none that is in the middle of its own start.
 */
public final class SecretServices implements SecretSource {

    private final BundleContext context;

    /** @param context of the bundle that uses the secrets */
    public SecretServices(BundleContext context) {
        this.context = context;
    }

    /** Asks only the sources of its scheme; the first that knows it counts. */
    @Override
    public Optional<String> resolve(String reference) {
        int colon = reference.indexOf(':');
        if (colon < 1) {
            return Optional.empty();
        }
        String filter = "(%s=%s)".formatted(SCHEME, reference.substring(0, colon));
        try {
            for (ServiceReference<SecretSource> source : context.getServiceReferences(SecretSource.class, filter)) {
                Optional<String> secret = asked(source, reference);
                if (secret.isPresent()) {
                    return secret;
                }
            }
            return Optional.empty();
        } catch (InvalidSyntaxException noScheme) {
            return Optional.empty();
        }
    }

    private Optional<String> asked(ServiceReference<SecretSource> source, String reference) {
        try {
            return Optional.ofNullable(context.getService(source)).flatMap(found -> found.resolve(reference));
        } finally {
            context.ungetService(source);
        }
    }
}
