// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.DoorContract;
import eu.nephele.smo.core.contract.identity.Grant.GrantLimits;
import eu.nephele.smo.core.contract.identity.GrantRequest;
import eu.nephele.smo.core.contract.identity.IdentityService;
import eu.nephele.smo.core.contract.identity.Role;
import eu.nephele.smo.core.contract.identity.UserRequest;
import eu.nephele.smo.core.contract.store.MapIdentityStore;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A user, a key, a session and a grant behind the door. */
class IdentityDoorsTest extends DoorContract {

    private static final String PASSWORD = "correct horse battery staple";
    private static final GrantRequest GRANT = new GrantRequest("bert", Role.VIEWER, "shop", GrantLimits.NONE, true);

    private final MapIdentityStore store = new MapIdentityStore();
    private IdentityModule module;
    private String session = "";
    private String grant = "";

    @BeforeAll
    void make() {
        module = IdentityModule.withCheapPasswords(store, rights, Clock.systemUTC());
        IdentityService identities = module.identities();
        identities.addUser(
                "bert",
                new UserRequest(Optional.empty(), Optional.empty(), Optional.of(PASSWORD)),
                CallContext.INTERNAL);
        identities.addKey("bert", "", Optional.empty(), CallContext.INTERNAL);
        grant = text(identities.grant(GRANT, false, CallContext.INTERNAL).get("id"));
        session = text(module.sessions()
                .open("bert", PASSWORD, Optional.empty(), CallContext.INTERNAL)
                .get("id"));
    }

    private static String text(Optional<?> value) {
        return ((JsonString) value.orElseThrow()).value();
    }

    @AfterAll
    void end() {
        module.close();
    }

    @Override
    protected Map<Class<?>, Object> doors() {
        return Map.of(IdentityService.class, module.identities());
    }

    @Override
    protected boolean onlyReads(Method method) {
        return Set.of("users", "user", "keys", "sessions", "grants").contains(method.getName());
    }

    @Override
    protected Object argument(Method method, int index) throws Exception {
        Class<?> type = method.getParameterTypes()[index];
        if (type == String.class) {
            return switch (method.getName()) {
                case "removeSession" -> session;
                case "consent", "revoke" -> grant;
                default -> "bert";
            };
        }
        Map<Class<?>, Object> known = Map.of(
                GrantRequest.class,
                GRANT,
                UserRequest.class,
                new UserRequest(Optional.empty(), Optional.empty(), Optional.empty()));
        return known.containsKey(type) ? known.get(type) : super.argument(method, index);
    }

    @Override
    protected Object stored() {
        return store.revision();
    }
}
