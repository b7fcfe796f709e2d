// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus;

import eu.nephele.smo.api.port.SecretSource;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Resolves secret references by the source present at the call. */
final class DynamicSecrets implements Function<String, Optional<String>> {

    private final BundleContext context;

    DynamicSecrets(BundleContext context) {
        this.context = context;
    }

    /** @param reference {@code SCHEME:…}, checked by {@link PrometheusSettings#kubeconfig()} */
    @Override
    public Optional<String> apply(String reference) {
        String filter = "(%s=%s)".formatted(SecretSource.SCHEME, reference.substring(0, reference.indexOf(':')));
        try {
            return context.getServiceReferences(SecretSource.class, filter).stream()
                    .flatMap(source -> asked(source, reference).stream())
                    .findFirst();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(filter, impossible);
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
