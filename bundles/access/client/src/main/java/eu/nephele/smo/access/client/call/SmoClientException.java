// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.call;

import java.io.Serial;

/** A call that has failed. */
public abstract class SmoClientException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    SmoClientException(String message) {
        super(message);
    }

    SmoClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
