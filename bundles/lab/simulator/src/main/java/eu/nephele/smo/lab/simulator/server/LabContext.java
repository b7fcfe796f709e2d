// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;

/** The part of the HTTP server under which the laboratory answers; nothing is served from files. */
@Component(
        service = ServletContextHelper.class,
        scope = ServiceScope.BUNDLE,
        property = {"osgi.http.whiteboard.context.name=" + LabContext.NAME, "osgi.http.whiteboard.context.path=/lab"})
public final class LabContext extends ServletContextHelper {

    static final String NAME = "smo-lab";

    @Activate
    public LabContext(BundleContext context) {
        super(context.getBundle());
    }
}
