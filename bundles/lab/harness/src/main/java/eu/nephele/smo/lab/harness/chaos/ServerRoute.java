// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiRequest;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

interface ServerRoute {

    /**
     * To one server.
     *
     * @param closed ends exceptionally when the balancer closes the connections to it
     */
    record RouteChoice(URI base, CompletableFuture<Void> closed) {}

    /** @throws IOException when no server could answer */
    RouteChoice way(ApiRequest request) throws IOException, InterruptedException;

    /** @return route for an immediate repetition of the call */
    default Optional<RouteChoice> answered(RouteChoice routeChoice, ApiRequest request, ApiResponse answer) {
        return Optional.empty();
    }

    static ServerRoute to(URI base) {
        RouteChoice only = new RouteChoice(base, new CompletableFuture<>());
        return request -> only;
    }
}
