// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/**
 * Blocks changing requests once the lease of this server is over. The guard checks the lease before the call of a port, which
 * makes several requests: this server may have paused since.
 */
record OwnerFenceInterceptor(String system, AdapterEnvironment surroundings) implements Interceptor {

    private static final String READ = "GET";

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!request.method().equals(READ)
                && surroundings.tenure().filter(held -> held.left().isZero()).isPresent()) {
            throw new AdapterException(
                    Kind.UNAVAILABLE, system, "This server no longer owns its database; nothing was sent");
        }
    }
}
