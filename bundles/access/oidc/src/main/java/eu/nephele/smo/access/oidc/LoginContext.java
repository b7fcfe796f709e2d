// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;

/** A servlet context of its own for {@code /auth}. */
@Component(
        service = ServletContextHelper.class,
        scope = ServiceScope.BUNDLE,
        property = {"osgi.http.whiteboard.context.name=smo-auth", "osgi.http.whiteboard.context.path=/auth"})
public final class LoginContext extends ServletContextHelper {}
