// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.identity;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.http.DynamicServiceProxy;
import eu.nephele.smo.access.http.Subsystem;
import eu.nephele.smo.core.contract.access.AccessGate;
import eu.nephele.smo.core.contract.identity.IdentityService;
import eu.nephele.smo.core.contract.identity.SessionService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Users, keys, sessions and grants; the services of the core are dynamic. */
@Component
public final class IdentitySubsystem implements Subsystem {

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable IdentityService identities;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable SessionService sessions;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable AccessGate gate;

    private final Map<String, Object> served;

    @Activate
    public IdentitySubsystem() {
        served = resources(
                DynamicServiceProxy.create(
                        IdentityService.class, "identity service", () -> Optional.ofNullable(identities)),
                DynamicServiceProxy.create(
                        SessionService.class, "session service", () -> Optional.ofNullable(sessions)),
                () -> Optional.ofNullable(gate).map(AccessGate::guardedChanges).orElse(List.of()));
    }

    /**
     * The resources on these services, by the first segment of their paths.
     *
     * @param guardedChanges as {@link AccessGate#guardedChanges}
     */
    public static Map<String, Object> resources(
            IdentityService identities, SessionService sessions, Supplier<List<String>> guardedChanges) {
        return Map.of(
                "users", new UsersEndpoint(identities),
                "keys", new KeysEndpoint(identities),
                "grants", new GrantsEndpoint(identities),
                "sessions", new SessionsEndpoint(identities, sessions),
                "whoami", new CallerEndpoint(sessions, guardedChanges),
                "password", new PasswordEndpoint(sessions),
                "roles", new RolesEndpoint(sessions));
    }

    @Override
    public Map<String, Object> resources() {
        return served;
    }
}
