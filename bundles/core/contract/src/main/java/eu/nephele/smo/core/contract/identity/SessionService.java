// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.identity;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.CallContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What callers do for themselves: log in and out, see who they are, change their password. */
public interface SessionService {

    /** Who is asking, by what, and what they may do. */
    JsonObject whoAmI(CallContext call);

    /** The roles and what each allows. */
    List<JsonObject> roles();

    /**
     * Exchanges a password for a session.
     *
     * @param lasting how long it counts; at most what is configured
     * @return the session with its token
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAUTHENTICATED} when user and password do not fit, {@code
     *     THROTTLED} when it failed too often
     */
    JsonObject open(String user, String password, Optional<Duration> lasting, CallContext call);

    /**
     * Opens a session for somebody whom an identity provider knows. Whoever calls this vouches for it: nothing is checked here but
     * the form of the name.
     *
     * @param known with the groups of this moment, which the session keeps
     * @param lasting how long it counts; at most what is configured
     * @return the session with its token
     * @throws IllegalArgumentException the name is that of a user or key of this server
     */
    JsonObject open(Principal known, Optional<Duration> lasting, CallContext call);

    /** The sessions of the caller's principal. */
    List<JsonObject> own(CallContext call);

    /**
     * Ends a session of the caller's principal.
     *
     * @param id "" for the one by which the caller is known
     * @return whether it was there
     */
    boolean close(String id, CallContext call);

    /**
     * Ends all other sessions of the caller's user.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code CONFLICT} when the caller is no user with a password here, {@code
     *     UNAUTHENTICATED} when the present one is not right, {@code THROTTLED} when it was not too often
     */
    void changePassword(String present, String next, CallContext call);
}
