// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;

/** Authorization and audit for a bundle with authorizing services. */
public interface AccessControl extends AutoCloseable {

    Permissions permissions();

    AuditTrail audit();

    /**
     * Called before anything is changed.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE}, with where the owner is, on a server that
     *     stands by
     */
    default void requireTenure() {}

    /**
     * Returns the authorizer of a bundle for its whole lifetime.
     *
     * @param service name of the bundle for people, at the beginning of a sentence
     */
    default Authorizer authorizer(String service) {
        return new Authorizer(service, this);
    }

    @Override
    default void close() {}

    /** For a program that embeds the core: every caller may do everything, without an audit. */
    static AccessControl unrestricted() {
        return new AccessControl() {
            @Override
            public Permissions permissions() {
                return new Permissions() {
                    @Override
                    public boolean allow(CallContext call, Verb verb, ResourceRef target) {
                        return true;
                    }

                    @Override
                    public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
                        return true;
                    }
                };
            }

            @Override
            public AuditTrail audit() {
                return entry -> {};
            }
        };
    }
}
