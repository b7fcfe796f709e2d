// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;

/** A servlet context of its own for {@code /dashboard}. */
@Component(
        service = ServletContextHelper.class,
        scope = ServiceScope.BUNDLE,
        property = {
            "osgi.http.whiteboard.context.name=" + DashboardContext.NAME,
            "osgi.http.whiteboard.context.path=" + DashboardContext.PATH
        })
public final class DashboardContext extends ServletContextHelper {

    static final String NAME = "smo-dashboard";
    static final String PATH = "/dashboard";
}
