// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import jakarta.ws.rs.container.ContainerRequestContext;

/**
 * Limits shared by all resources of the application. They are attached to each request, so that a resource uses those
 * of the application that serves the call, even after one of them was updated.
 */
public record SharedLimits(
        GraphChangeLock graphChangeLock, AsyncWait waiting, UploadReceiver uploads, StreamLimiter streams) {

    public static final String PROPERTY = "smo.bounds";

    /** @throws IllegalStateException when the request did not pass the filters of the REST API */
    public static SharedLimits from(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof SharedLimits sharedLimits) {
            return sharedLimits;
        }
        throw new IllegalStateException("The request did not pass the filters of the REST API");
    }
}
