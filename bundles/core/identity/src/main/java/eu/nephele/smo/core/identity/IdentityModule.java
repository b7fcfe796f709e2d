// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.port.Authenticator;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.identity.IdentityService;
import eu.nephele.smo.core.contract.identity.SessionService;
import eu.nephele.smo.core.contract.store.IdentityStore;
import java.security.SecureRandom;
import java.time.Clock;

/** The services of this bundle on one store, for programs without OSGi. */
public final class IdentityModule implements AutoCloseable {

    private final IdentityRegistry registry;
    private final AuthorizedIdentityService identities;
    private final OwnSessions sessions;
    private final Authenticator authenticator;

    private IdentityModule(IdentityRegistry registry, PasswordHasher hasher, AccessControl access) {
        IdentitySettings settings = IdentitySettings.STANDARD;
        PasswordCheck check = new PasswordCheck(hasher, System::nanoTime);
        IdentityAdministration administration = new IdentityAdministration(registry, hasher, settings);
        this.registry = registry;
        this.identities = new AuthorizedIdentityService(registry, administration, access);
        this.sessions = new OwnSessions(registry, administration, check, settings, access);
        this.authenticator = new IdentityAuthenticator(registry, check);
    }

    /**
     * Opens the services; the program owns the store.
     *
     * @param access who may change identities
     */
    public static IdentityModule open(IdentityStore store, AccessControl access, Clock clock) {
        return open(store, access, clock, PasswordHasher.recommended());
    }

    /** The same with passwords that cost next to nothing, for tests. */
    public static IdentityModule withCheapPasswords(IdentityStore store, AccessControl access, Clock clock) {
        return open(store, access, clock, new PasswordHasher(8, 1, new SecureRandom()));
    }

    private static IdentityModule open(IdentityStore store, AccessControl access, Clock clock, PasswordHasher hasher) {
        IdentityRegistry registry = new IdentityRegistry(clock, false);
        registry.bindStore(store);
        registry.tick();
        return new IdentityModule(registry, hasher, access);
    }

    /** Reads what another server has changed. */
    public void refresh() {
        registry.tick();
    }

    public IdentityService identities() {
        return identities;
    }

    public SessionService sessions() {
        return sessions;
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    public Permissions permissions() {
        return new GrantedPermissions(registry);
    }

    @Override
    public void close() {
        identities.close();
        sessions.end();
        registry.close();
    }
}
