// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.json;

import java.io.Serial;

/** An answer that is not what the contract says. */
public final class UnexpectedAnswerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public UnexpectedAnswerException(String message) {
        super(message);
    }

    public UnexpectedAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
