// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.core.contract.configuration.ConfiguredSecrets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Puts the web console behind our gate. The console serves nothing while no provider with this id is present, nor while nobody knows
 * which texts of configurations it must not show.
 */
@Component(
        service = SecurityProvider.class,
        reference = @Reference(name = "secrets", service = ConfiguredSecrets.class),
        property = {SecurityProvider.PROPERTY_ID + "=smo", "service.ranking:Integer=2147483647"})
public final class ConsoleSecurity implements SecurityProvider {

    private final ConsoleGuard guard;

    @Activate
    public ConsoleSecurity(@Reference ConsoleGuard guard) {
        this.guard = guard;
    }

    /** {@inheritDoc} Null means "refused, and answered" to the console. */
    @Override
    public @Nullable Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        return guard.admit(request, response).orElse(null);
    }

    /** Grants everything to every authenticated user: only one role exists. */
    @Override
    public boolean authorize(Object user, String role) {
        return true;
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        guard.dismiss(request, response);
    }
}
