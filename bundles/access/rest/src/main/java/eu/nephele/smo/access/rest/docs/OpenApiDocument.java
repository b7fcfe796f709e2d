// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import eu.nephele.smo.core.contract.health.HealthWarnings;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Holds the OpenAPI document of the installed bundles. */
@Component(service = {OpenApiDocument.class, HealthWarnings.class})
public final class OpenApiDocument implements HealthWarnings {

    private final JoinedContract contract = new JoinedContract();
    private final BundleFragmentTracker bundles;

    @Activate
    public OpenApiDocument(BundleContext context) {
        bundles = new BundleFragmentTracker(context, contract);
        bundles.open();
    }

    @Deactivate
    void close() {
        bundles.close();
    }

    /** The same instance for the lifetime of this component. */
    public JoinedContract contract() {
        return contract;
    }

    @Override
    public String subject() {
        return "openapi";
    }

    @Override
    public List<String> warnings() {
        return contract.warnings();
    }
}
