// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import eu.nephele.smo.lab.chaos.Api.Answer;
import eu.nephele.smo.lab.chaos.Api.Request;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** By which server calls are answered. */
interface Entrance {

    /**
     * To one server.
     *
     * @param closed ends exceptionally when whoever keeps the entrance closes the connections to it
     */
    record Way(URI base, CompletableFuture<Void> closed) {}

    /**
     * For one call.
     *
     * @throws IOException when there is no server that could answer
     */
    Way way(Request request) throws IOException, InterruptedException;

    /** @return where the call is made again at once */
    default Optional<Way> answered(Way way, Request request, Answer answer) {
        return Optional.empty();
    }

    /** There is one. */
    static Entrance to(URI base) {
        Way only = new Way(base, new CompletableFuture<>());
        return request -> only;
    }
}
