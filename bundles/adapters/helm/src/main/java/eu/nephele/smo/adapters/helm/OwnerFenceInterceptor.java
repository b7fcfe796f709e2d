// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.port.OwnerFence;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/** Blocks changing requests once the lease of this server is over. */
record OwnerFenceInterceptor(OwnerFence fence) implements Interceptor {

    private static final String READ = "GET";

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!request.method().equals(READ)) {
            fence.require();
        }
    }
}
