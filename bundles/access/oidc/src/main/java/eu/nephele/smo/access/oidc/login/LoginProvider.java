// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import java.util.Optional;

/** An identity provider, as a service of this bundle. */
public interface LoginProvider {

    /** As users write it. */
    String name();

    /** Empty when it knows callers by their tokens only. */
    Optional<ProviderLogins> logins();
}
