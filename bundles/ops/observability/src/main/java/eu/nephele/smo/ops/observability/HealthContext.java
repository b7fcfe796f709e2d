// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;

/** A servlet context of its own for {@code /health}: the longest path wins, so it is there also while the REST interface is not. */
@Component(
        service = ServletContextHelper.class,
        scope = ServiceScope.BUNDLE,
        property = {"osgi.http.whiteboard.context.name=smo-health", "osgi.http.whiteboard.context.path=/health"})
public final class HealthContext extends ServletContextHelper {}
