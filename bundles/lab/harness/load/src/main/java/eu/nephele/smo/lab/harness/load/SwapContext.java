// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;

/** The part of the HTTP server under which this bundle answers; nothing is served from files. */
@Component(
        service = ServletContextHelper.class,
        scope = ServiceScope.BUNDLE,
        property = {"osgi.http.whiteboard.context.name=" + SwapContext.NAME, "osgi.http.whiteboard.context.path=/swap"})
public final class SwapContext extends ServletContextHelper {

    static final String NAME = "smo-swap";

    @Activate
    public SwapContext(BundleContext context) {
        super(context.getBundle());
    }
}
