// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.io.Serial;
import java.net.URI;

/** The server gave no answer. Whether a change was made is unknown, unless the connection was never there. */
public final class SmoUnreachableException extends SmoClientException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final URI server;

    public SmoUnreachableException(URI server, String call, Throwable cause) {
        super("%s: the server at %s gave no answer (%s)".formatted(call, server, cause), cause);
        this.server = server;
    }

    public URI server() {
        return server;
    }
}
