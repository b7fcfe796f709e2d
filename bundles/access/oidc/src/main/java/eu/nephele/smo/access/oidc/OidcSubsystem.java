// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.access.oidc.login.BrowserLoginServlet;
import eu.nephele.smo.access.oidc.login.LoginProvider;
import eu.nephele.smo.access.oidc.login.ProviderSessions;
import eu.nephele.smo.access.oidc.login.SessionProvidersEndpoint;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.identity.SessionService;
import jakarta.servlet.Servlet;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Logins by identity providers: the REST resource and the servlet for browsers, on what is installed at the moment. */
@Component(service = Subsystem.class)
public final class OidcSubsystem implements Subsystem {

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<LoginProvider> providers = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable SessionService sessions;

    private final AccessControl access;
    private final Map<String, Object> served;
    private final ServiceRegistration<Servlet> servlet;

    @Activate
    public OidcSubsystem(BundleContext context) {
        this.access = new InstalledAccess(context);
        ProviderSessions logins = new ProviderSessions(
                () -> providers,
                DynamicServiceProxy.create(
                        SessionService.class, "session service", () -> Optional.ofNullable(sessions)),
                access,
                Clock.systemUTC());
        this.served = resources(logins);
        Map<String, Object> properties = Map.of(
                "osgi.http.whiteboard.servlet.pattern", "/*",
                "osgi.http.whiteboard.servlet.name", "smo-auth",
                "osgi.http.whiteboard.context.select", "(osgi.http.whiteboard.context.name=smo-auth)");
        this.servlet = context.registerService(
                Servlet.class, new BrowserLoginServlet(logins), FrameworkUtil.asDictionary(properties));
    }

    /** The resource on these logins, by the first segment of its paths. */
    public static Map<String, Object> resources(ProviderSessions logins) {
        return Map.of("session-providers", new SessionProvidersEndpoint(logins));
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }

    @Deactivate
    void end() {
        servlet.unregister();
        access.close();
    }
}
