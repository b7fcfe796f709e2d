// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.token;

import eu.nephele.smo.api.runtime.SmoException;
import java.util.Optional;

/** Why a token does not count. The caller is told, so nothing of what was expected is in it. */
public final class TokenRefusal {

    private TokenRefusal() {}

    /** @param why continues "The token …" */
    public static SmoException because(String why) {
        return SmoException.of(
                SmoException.Kind.UNAUTHENTICATED, "smo", "The token %s".formatted(why), Optional.empty());
    }
}
