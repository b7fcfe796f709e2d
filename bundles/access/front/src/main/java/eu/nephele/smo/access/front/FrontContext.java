// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;

/** A servlet context behind all others of its path: what is served at {@code /} by anybody else comes first. */
@Component(
        service = ServletContextHelper.class,
        scope = ServiceScope.BUNDLE,
        property = {
            "osgi.http.whiteboard.context.name=" + FrontContext.NAME,
            "osgi.http.whiteboard.context.path=/",
            "service.ranking:Integer=-1000000"
        })
public final class FrontContext extends ServletContextHelper {

    static final String NAME = "smo-front";
}
