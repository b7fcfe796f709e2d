// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada;

import eu.nephele.smo.adapters.karmada.link.AdapterEnvironment;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.runtime.Tenure;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks up services at each call: secret references are resolved by the current service for their scheme. */
final class DynamicAdapterEnvironment implements AdapterEnvironment {

    private static final Logger LOG = LoggerFactory.getLogger(DynamicAdapterEnvironment.class);

    private final BundleContext context;
    private volatile Optional<Tenure> held = Optional.empty();

    DynamicAdapterEnvironment(BundleContext context) {
        this.context = context;
    }

    /** The last tenure is kept: one whose service is gone is over, and reports that itself. */
    @Override
    public Optional<Tenure> tenure() {
        try {
            ServiceReference<Tenure> present = context.getServiceReference(Tenure.class);
            if (present != null) {
                held = Optional.ofNullable(context.getService(present)).or(() -> held);
                context.ungetService(present);
            }
        } catch (IllegalStateException stopped) {
            LOG.debug("reading tenure failed; the adapter is stopped", stopped);
        }
        return held;
    }

    @Override
    public Optional<String> secret(String reference) {
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
            throw new IllegalArgumentException(
                    "The scheme of the secret reference %s is invalid".formatted(reference), impossible);
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
