// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.runtime;

import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The caller and its correlation: the last parameter of each method that reads or changes something. The gate creates it, each
 * protocol hands it on, {@link Permissions} judge it, and its stored part is its {@link #origin()}.
 *
 * @param origin who asks for a change, for events, operations and audit
 * @param remote where the call comes from; empty for the program itself, which may do everything
 */
public record CallContext(RequestOrigin origin, Optional<Remote> remote) {

    /** This program, for itself. */
    public static final CallContext INTERNAL = new CallContext(RequestOrigin.INTERNAL, Optional.empty());

    /** Property of a request over HTTP under which a resource or servlet finds its context. */
    public static final String PROPERTY = "smo.call";

    /**
     * @param address network address of the caller
     * @param roles names of roles by project; under "" those that hold everywhere
     * @param groups of somebody known elsewhere, to which rights may be granted
     * @param credential by what the caller is known, "" when it cannot be revoked by itself
     */
    public record Remote(String address, Map<String, Set<String>> roles, Set<String> groups, String credential) {

        public Remote {
            roles = Map.copyOf(roles);
            groups = Set.copyOf(groups);
        }

        /** Of a caller without groups whose credential cannot be revoked. */
        public Remote(String address, Map<String, Set<String>> roles) {
            this(address, roles, Set.of(), "");
        }
    }

    /**
     * Creates the context of a caller behind a network address.
     *
     * @param principal user or key id
     * @param roles that hold everywhere
     */
    public static CallContext of(String principal, String address, Set<String> roles, String correlationId) {
        return new CallContext(
                new RequestOrigin(principal, correlationId, Optional.empty()),
                Optional.of(new Remote(address, Map.of("", Set.copyOf(roles)), Set.of(), "")));
    }

    /** Creates the context of a caller who is known. */
    public static CallContext from(String principal, Remote remote, String correlationId) {
        return new CallContext(new RequestOrigin(principal, correlationId, Optional.empty()), Optional.of(remote));
    }

    /** The same call, of which a repetition is recognised by a key. */
    public CallContext with(IdempotencyKey key) {
        return new CallContext(
                new RequestOrigin(origin.principal(), origin.correlationId(), origin.traceParent(), Optional.of(key)),
                remote);
    }

    /** The same caller, for something else that is part of the call and has no key of its own. */
    public CallContext withoutKey() {
        return new CallContext(
                new RequestOrigin(origin.principal(), origin.correlationId(), origin.traceParent(), Optional.empty()),
                remote);
    }

    /**
     * The same call in a trace.
     *
     * @param traceParent in the form of W3C trace context
     */
    public CallContext traced(String traceParent) {
        return new CallContext(origin.traced(traceParent), remote);
    }

    /** Returns whether the program itself calls. */
    public boolean isInternal() {
        return remote.isEmpty();
    }
}
