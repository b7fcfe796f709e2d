// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import jakarta.ws.rs.container.ContainerRequestContext;

/**
 * Limits shared by all resources of the application. They come with each request, so that a resource uses those of the
 * application that serves the call, whichever of the two was exchanged last.
 *
 * @param turns one change of a graph at a time
 * @param waiting calls that wait for the end of their work
 * @param uploads files that arrive
 * @param streams answers that go on until somebody ends them
 */
public record SharedLimits(GraphChangeLock turns, AsyncWait waiting, UploadReceiver uploads, StreamLimiter streams) {

    /** Request property. */
    public static final String PROPERTY = "smo.bounds";

    /** @throws IllegalStateException when the request did not come through the filters of the interface */
    public static SharedLimits from(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof SharedLimits sharedLimits) {
            return sharedLimits;
        }
        throw new IllegalStateException("The request did not come through the filters of the interface");
    }
}
