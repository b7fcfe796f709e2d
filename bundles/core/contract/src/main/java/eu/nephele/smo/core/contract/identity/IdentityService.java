// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.identity;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Users, API keys, sessions and grants, for administrators. Answers are JSON as REST shows it, without secrets except
 * the one that was made by the call. Methods throw {@link eu.nephele.smo.api.runtime.SmoException}: {@code INVALID},
 * {@code CONFLICT} when a name is taken or the last administrator would go, {@code NOT_FOUND}, {@code UNAVAILABLE} on a
 * standby.
 */
public interface IdentityService {

    List<JsonObject> users(CallContext call);

    Optional<JsonObject> user(String name, CallContext call);

    JsonObject addUser(String name, UserRequest request, CallContext call);

    /** A new password or the end of a user ends the sessions of the user. */
    JsonObject changeUser(String name, UserRequest request, CallContext call);

    /** Takes the sessions and grants of the user along. */
    void removeUser(String name, CallContext call);

    List<JsonObject> keys(CallContext call);

    /** @return the key with its secret, which is never shown again */
    JsonObject addKey(String name, String description, Optional<Instant> until, CallContext call);

    /**
     * Gives a key another secret.
     *
     * @param overlap how long the present one counts beside it
     */
    JsonObject rotateKey(String name, Duration overlap, CallContext call);

    /** Takes the grants of the key along. */
    void removeKey(String name, CallContext call);

    List<JsonObject> sessions(CallContext call);

    void removeSession(String id, CallContext call);

    List<JsonObject> grants(CallContext call);

    /**
     * @param trial whether only the effect is answered: who gains what
     * @return the grant, with its effect
     */
    JsonObject grant(GrantRequest request, boolean trial, CallContext call);

    /** Agrees to a grant that somebody else has made. */
    JsonObject consent(String grant, CallContext call);

    /**
     * @param trial whether only the effect is answered: who loses what
     * @return the grant that was taken back, with its effect
     */
    JsonObject revoke(String grant, boolean trial, CallContext call);
}
