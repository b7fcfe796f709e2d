// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;

/** Servlet context at the path of the sleeping web console, guarded like it and ranked behind the console's own. */
@Component(
        service = ServletContextHelper.class,
        scope = ServiceScope.BUNDLE,
        property = {
            "osgi.http.whiteboard.context.name=smo-console-door",
            "osgi.http.whiteboard.context.path=" + ConsoleGuard.ROOT,
            "service.ranking:Integer=-1000"
        })
public final class DoorContext extends ServletContextHelper {

    private final ConsoleGuard guard;

    @Activate
    public DoorContext(@Reference ConsoleGuard guard) {
        this.guard = guard;
    }

    @Override
    public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response) {
        return guard.admit(request, response).isPresent();
    }
}
